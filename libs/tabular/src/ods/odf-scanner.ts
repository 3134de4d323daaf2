import { decodeText } from '../xml/text.js';
import { XmlScanner } from '../xml/xml-scanner.js';
import { ElementContent } from './element-content.js';
import { Namespaces } from './namespaces.js';

const ATTRIBUTE = /\s(?:([^\s:=]+):)?([^\s:=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/**
 * Goes through an XML part of an OpenDocument file tag by tag. Names come with the prefixes of the standard; an element
 * that closes itself is given out twice, when it opens and when it closes.
 */
export class OdfScanner {
  /** Such as `table:table-row`. */
  name = '';
  /** Else it is the closing tag. */
  isOpen = false;

  private readonly xml = new XmlScanner();
  readonly namespaces = new Namespaces();
  /** What is passed over. */
  private skipped: ElementContent | undefined;
  private closesItself = false;
  private last = false;
  private tag = '';
  private values: Map<string, string> | undefined;

  /** @param last no more come. @throws TabularError file_unreadable */
  push(bytes: Uint8Array, last: boolean): void {
    this.last = last;
    this.xml.push(bytes, last);
  }

  /**
   * Goes to the next tag. @returns false when more bytes are needed, or at the end
   * @throws TabularError file_unreadable, doctype_forbidden, wrong_encoding
   */
  next(): boolean {
    const { xml } = this;
    if (this.closesItself) {
      this.closesItself = false;
      this.isOpen = false;
      this.namespaces.leave(xml.depth);
      return true;
    }
    if (this.skipped && !this.passOver(this.skipped)) return false;
    if (!xml.next()) return false;
    this.take();
    return true;
  }

  /** The element that opens here is passed over, with its closing tag. What is in it is not checked. */
  skipElement(): void {
    if (!this.closesItself) {
      this.skipped = ElementContent.of(this.xml);
      return;
    }
    this.closesItself = false;
    this.namespaces.leave(this.xml.depth);
  }

  private passOver(content: ElementContent): boolean {
    const { xml } = this;
    if (content.pass(xml)) {
      this.skipped = undefined;
      this.namespaces.leave(xml.depth);
      return true;
    }
    // It is open at the end of the file: that is for the scanner to say.
    while (this.last && xml.next());
    return false;
  }

  /** As the file has it. */
  get prefix(): string {
    return this.xml.prefix;
  }

  /** Text between the previous tag and this one, undecoded. */
  get text(): string {
    return this.isOpen || this.xml.isClose ? this.xml.text : '';
  }

  /** Whether the element that opens here has this attribute. */
  has(name: string): boolean {
    this.values ??= this.readAttributes();
    return this.values.has(name);
  }

  /** Decoded value of an attribute of the element that opens here; its name with the prefix of the standard. */
  attribute(name: string): string | undefined {
    this.values ??= this.readAttributes();
    const raw = this.values.get(name);
    return raw === undefined ? undefined : decodeText(raw);
  }

  /**
   * Lets somebody read whole elements from the text behind this tag by themselves.
   * @param read gives back where the first thing stands that it did not read
   */
  readAhead(read: (bytes: Buffer, buffer: string, from: number) => number): void {
    const { xml } = this;
    if (!this.closesItself && !this.skipped) xml.skipTo(read(xml.bytes, xml.buffer, xml.position));
  }

  private take(): void {
    const { xml, namespaces } = this;
    this.isOpen = xml.isOpen;
    if (xml.isClose) {
      this.name = namespaces.element(xml.prefix, xml.name);
      namespaces.leave(xml.depth);
      return;
    }
    this.values = undefined;
    this.closesItself = xml.isSelfClosing;
    const { buffer, position } = xml;
    // A name cannot hold a space, nor an attribute a `<`.
    this.tag = buffer.slice(buffer.lastIndexOf('<', position - 1), position - 1);
    if (this.tag.includes('xmlns'))
      namespaces.enter(this.closesItself ? xml.depth : xml.depth - 1, declarations(this.tag));
    this.name = namespaces.element(xml.prefix, xml.name);
  }

  private readAttributes(): Map<string, string> {
    const values = new Map<string, string>();
    for (const [, prefix = '', name = '', double, single] of this.tag.matchAll(ATTRIBUTE)) {
      const value = double ?? single ?? '';
      values.set(this.namespaces.attribute(prefix, name), /[\t\n\r]/.test(value) ? oneLine(value) : value);
    }
    return values;
  }
}

function* declarations(attributes: string): Generator<readonly [prefix: string, uri: string]> {
  for (const [, prefix, name = '', double, single] of attributes.matchAll(ATTRIBUTE)) {
    const uri = decodeText(double ?? single ?? '');
    if (prefix === 'xmlns') yield [name, uri];
    else if (prefix === undefined && name === 'xmlns') yield ['', uri];
  }
}

/** XML 1.0, 3.3.3: what ends a line in the value of an attribute is a space, unless it is written as a reference. */
function oneLine(value: string): string {
  return value.replaceAll('\r\n', ' ').replaceAll(/[\t\n\r]/g, ' ');
}
