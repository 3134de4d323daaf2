import { TabularError } from '../tabular-error.js';
import { decodeText } from './text.js';
import { XmlBytes } from './xml-bytes.js';

/** Longest tag, or text between two tags, in bytes. */
const TOKEN_LENGTH = 4 * 1024 * 1024;
const DEPTH = 256;

/**
 * Gives out the tags of an XML file one after another, with the text in front of each, from bytes that are cut anywhere.
 * Entities are not declared here: a DOCTYPE is refused.
 */
export class XmlScanner {
  /** Name of the tag without its prefix. */
  name = '';
  prefix = '';
  isOpen = false;
  isClose = false;
  /** Both opens and closes. */
  isSelfClosing = false;

  private readonly source = new XmlBytes();
  private buffer = '';
  private last = false;
  /** Where the text since the previous tag begins, and from where on its end is searched. */
  private textStart = 0;
  private searchFrom = 0;
  private textEnd = 0;
  /** Text in front of comments and the like that stand in the middle of it. */
  private textBefore = '';
  private attributesStart = 0;
  private attributesEnd = 0;
  private tagEnd = 0;
  private readonly open: string[] = [];
  private hasRoot = false;

  push(bytes: Uint8Array, last: boolean): void {
    const rest = this.buffer.slice(this.textStart);
    this.searchFrom -= this.textStart;
    this.textStart = 0;
    if (rest.length > TOKEN_LENGTH) throw unreadable('a tag or text has no end');
    const more = this.source.push(bytes, last);
    this.buffer = rest === '' ? more : rest + more;
    this.last = last;
  }

  /**
   * Goes to the next tag. @returns false when more bytes are needed, or when the end is reached
   * @throws TabularError file_unreadable, doctype_forbidden, wrong_encoding
   */
  next(): boolean {
    if (this.tagEnd > 0) {
      this.textStart = this.searchFrom = this.tagEnd;
      this.tagEnd = 0;
      this.textBefore = '';
    }
    for (;;) {
      const { buffer } = this;
      const start = buffer.indexOf('<', this.searchFrom);
      if (start < 0) {
        this.searchFrom = buffer.length;
        return this.atEnd();
      }
      this.searchFrom = start;
      const code = buffer.charCodeAt(start + 1);
      if (Number.isNaN(code)) return this.atEnd();
      if (code === 33 /* ! */ || code === 63 /* ? */) {
        if (!this.skip(start, code)) return this.atEnd();
        continue;
      }
      const end = endOfTag(buffer, start + 1);
      if (end < 0) return this.atEnd();
      this.textEnd = start;
      this.take(start + 1, end);
      return true;
    }
  }

  /** Text since the previous tag, undecoded. */
  get text(): string {
    const text = this.buffer.slice(this.textStart, this.textEnd);
    return this.textBefore === '' ? text : this.textBefore + text;
  }

  /** Value of an attribute of this tag, whatever its prefix, decoded. */
  attribute(localName: string): string | undefined {
    const raw = this.buffer.slice(this.attributesStart, this.attributesEnd);
    for (const [, name, double, single] of raw.matchAll(/(?:[^\s:=]+:)?([^\s:=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g)) {
      if (name === localName) return decodeText(double ?? single ?? '');
    }
    return undefined;
  }

  private take(from: number, end: number): void {
    const { buffer } = this;
    this.isClose = buffer.charCodeAt(from) === 47;
    this.isSelfClosing = buffer.charCodeAt(end - 1) === 47;
    this.isOpen = !this.isClose;
    const nameStart = this.isClose ? from + 1 : from;
    let nameEnd = nameStart;
    let colon = -1;
    for (; nameEnd < end; nameEnd++) {
      const code = buffer.charCodeAt(nameEnd);
      if (code <= 32 || code === 47) break;
      if (code === 58) colon = nameEnd;
    }
    if (nameEnd === nameStart) throw unreadable('a tag has no name');
    this.prefix = colon < 0 ? '' : buffer.slice(nameStart, colon);
    this.name = buffer.slice(colon < 0 ? nameStart : colon + 1, nameEnd);
    this.attributesStart = nameEnd;
    this.attributesEnd = end;
    this.tagEnd = end + 1;
    this.nest(buffer.slice(nameStart, nameEnd));
  }

  private nest(name: string): void {
    if (this.isClose) {
      if (this.open.pop() !== name) throw unreadable(`</${name.slice(0, 40)}> closes what is not open`);
      return;
    }
    if (this.open.length === 0 && this.hasRoot) throw unreadable('something stands behind its end');
    this.hasRoot = true;
    if (this.isSelfClosing) return;
    if (this.open.push(name) > DEPTH) throw unreadable(`tags are nested deeper than ${DEPTH}`);
  }

  /** Passes over a comment or a processing instruction, and keeps the text of a CDATA section. @returns false: incomplete */
  private skip(start: number, code: number): boolean {
    const { buffer } = this;
    const [begin, finish] = this.sectionAt(start, code);
    if (begin === undefined) return false;
    const end = buffer.indexOf(finish, start + begin.length);
    if (end < 0) return false;
    this.textBefore += buffer.slice(this.textStart, start);
    if (begin === '<![CDATA[') {
      this.textBefore += buffer
        .slice(start + begin.length, end)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;');
      if (this.textBefore.length > TOKEN_LENGTH) throw unreadable('a text has no end');
    }
    this.textStart = this.searchFrom = end + finish.length;
    return true;
  }

  private sectionAt(start: number, code: number): readonly [begin: string | undefined, end: string] {
    if (code === 63) return ['<?', '?>'];
    const found = SECTIONS.find(([begin]) => this.buffer.startsWith(begin, start));
    if (found) return found;
    const head = this.buffer.slice(start, start + 9);
    if (head.length < 9 && !this.last) return [undefined, ''];
    throw /^<!doctype/i.test(head) ? new TabularError('doctype_forbidden') : unreadable('a declaration stands in it');
  }

  private atEnd(): false {
    if (this.last && (this.open.length > 0 || !this.hasRoot || this.searchFrom < this.buffer.length)) {
      throw unreadable('it is cut off');
    }
    return false;
  }
}

const SECTIONS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;

/** Place of the `>` that ends the tag, or -1: one within quotes does not. */
function endOfTag(buffer: string, from: number): number {
  let at = from;
  for (;;) {
    const end = buffer.indexOf('>', at);
    if (end < 0) return -1;
    let quote = at;
    while (quote < end && buffer.charCodeAt(quote) !== 34 && buffer.charCodeAt(quote) !== 39) quote++;
    if (quote === end) return end;
    const closing = buffer.indexOf(buffer.charAt(quote), quote + 1);
    if (closing < 0) return -1;
    at = closing + 1;
  }
}

function unreadable(reason: string): TabularError {
  return new TabularError('file_unreadable', { format: 'XML', reason });
}
