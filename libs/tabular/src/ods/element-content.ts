import type { XmlScanner } from '../xml/xml-scanner.js';

const PATTERNS = new Map<string, RegExp>();

/**
 * Passes over what an element holds by looking for its own name only: several times as fast as tag by tag, and most of a
 * workbook is passed over when its sheets are listed, or all but one.
 */
export class ElementContent {
  /** Elements of this name that are open within. */
  private depth = 0;
  private readonly pattern: RegExp;

  private constructor(private readonly name: string) {
    this.pattern = patternOf(name);
  }

  /** @param xml at the tag that opens the element */
  static of(xml: XmlScanner): ElementContent {
    return new ElementContent(xml.prefix === '' ? xml.name : `${xml.prefix}:${xml.name}`);
  }

  /** Goes on until behind the closing tag. @returns false when more bytes are needed */
  pass(xml: XmlScanner): boolean {
    do {
      if (this.find(xml)) return xml.next();
    } while (xml.more());
    return false;
  }

  /** Goes to the closing tag. @returns false when it is not at hand: then to what may be the beginning of a tag */
  private find(xml: XmlScanner): boolean {
    const { buffer } = xml;
    let from = xml.position;
    for (;;) {
      this.pattern.lastIndex = from;
      const found = this.pattern.exec(buffer);
      const end = found ? this.endOf(found[1] ?? '', buffer, found.index) : -1;
      if (end < 0) {
        xml.skipTo(found ? found.index : Math.max(from, startOfTag(buffer, this.name.length)));
        return end === CLOSED;
      }
      from = end;
    }
  }

  /** Place behind what begins there, -1 when it is incomplete. */
  private endOf(begin: string, buffer: string, start: number): number {
    if (begin === '?') return behind(buffer, '?>', start);
    if (begin === '!--') return behind(buffer, '-->', start + 4);
    if (begin === '![CDATA[') return behind(buffer, ']]>', start);
    if (begin.startsWith('/') && this.depth === 0) return CLOSED;
    const end = endOfTag(buffer, start);
    if (end < 0) return -1;
    if (begin.startsWith('/')) this.depth--;
    else if (buffer.charCodeAt(end - 2) !== 47) this.depth++;
    return end;
  }
}

const CLOSED = -2;

function patternOf(name: string): RegExp {
  const known = PATTERNS.get(name);
  if (known) return known;
  const escaped = name.replaceAll(/[^\w:]/g, String.raw`\$&`);
  const pattern = new RegExp(String.raw`<(\?|!--|!\[CDATA\[|/?${escaped}(?=[\s/>]))`, 'g');
  if (PATTERNS.size < 200) PATTERNS.set(name, pattern);
  return pattern;
}

/** A `>` within quotes does not end a tag. */
function endOfTag(buffer: string, start: number): number {
  TAG.lastIndex = start;
  return TAG.test(buffer) ? TAG.lastIndex : -1;
}

const TAG = /(?:[^"'>]|"[^"]*"|'[^']*')*>/y;

function behind(buffer: string, end: string, from: number): number {
  const at = buffer.indexOf(end, from);
  return at < 0 ? -1 : at + end.length;
}

/** Where the tag begins that is cut off at the end, if it can still become one of this name or a section. */
function startOfTag(buffer: string, nameLength: number): number {
  const start = buffer.lastIndexOf('<');
  return start < 0 || buffer.length - start > Math.max(nameLength, 8) + 3 ? buffer.length : start;
}
