import { TabularError } from '../tabular-error.js';
import { endOfTag } from './end-of-tag.js';
import { TagNames, type TagName } from './tag-names.js';
import { decodeText } from './text.js';
import { XmlBytes } from './xml-bytes.js';

/** Bytes that are looked at at once. Strings of this size are young objects of the garbage collector and cost it little. */
const WINDOW = 32 * 1024;
/** Zeros behind the bytes at hand, so that looking a few bytes ahead needs no look at the length. */
const PADDING = 64;
/** Longest tag, or text between two tags, in bytes. */
const TOKEN_LENGTH = 4 * 1024 * 1024;
const DEPTH = 256;
const NO_NAME: TagName = { full: '', local: '', prefix: '' };

/**
 * Gives out the tags of an XML file one after another, with the text in front of each, from bytes that are cut anywhere.
 * Entities are not declared here: a DOCTYPE is refused. Tags must nest; attributes are looked at only when asked for.
 *
 *     scanner.push(bytes, last);
 *     while (scanner.next()) { ... scanner.name, scanner.text, scanner.attribute('r') ... }
 */
export class XmlScanner {
  /** Name of the tag without its prefix. */
  name = '';
  prefix = '';
  isOpen = false;
  isClose = false;
  /** Both opens and closes. */
  isSelfClosing = false;
  /**
   * The bytes at hand as a string, each a character, and as bytes with zeros behind. For those who read what they expect by
   * themselves, from `position` on, because it is faster; what they have read they leave with `skipTo`. They change with
   * each `next`.
   */
  buffer = '';
  bytes: Buffer = Buffer.alloc(WINDOW + PADDING);

  private readonly source = new XmlBytes();
  private readonly names = new TagNames();
  /** Bytes behind those at hand. */
  private waiting: Buffer = Buffer.alloc(0);
  private last = false;
  /** Where the text since the previous tag begins, and from where on its end is searched. */
  private textStart = 0;
  private searchFrom = 0;
  private textEnd = 0;
  /** Up to where the end of a comment or the like is known not to be: else a long one would be searched again and again. */
  private sectionSearched = 0;
  /** Text in front of comments and the like that stand in the middle of it. */
  private textBefore = '';
  private attributesStart = 0;
  private attributesEnd = 0;
  private tagEnd = 0;
  private readonly open: TagName[] = [];
  private hasRoot = false;

  /** @param tokenLength of the longest tag, or text between two tags, in bytes */
  constructor(private readonly tokenLength = TOKEN_LENGTH) {}

  /**
   * Takes the bytes over that follow; they must not be changed before `next` asks for more.
   *
   * @param last no more come
   * @throws TabularError file_unreadable, wrong_encoding
   */
  push(bytes: Uint8Array, last: boolean): void {
    const more = this.source.push(bytes, last);
    this.waiting = this.waiting.length === 0 ? more : Buffer.concat([this.waiting, more]);
    this.last = last;
  }

  /**
   * Goes to the next tag. @returns false when more bytes are needed, or when the end is reached
   * @throws TabularError file_unreadable, doctype_forbidden, wrong_encoding
   */
  next(): boolean {
    this.leaveTag();
    while (!this.find()) {
      if (this.waiting.length === 0) return this.atEnd();
      this.refill();
    }
    return true;
  }

  /** @returns false: the next tag does not end in the bytes at hand */
  private find(): boolean {
    for (;;) {
      const { buffer } = this;
      const start = buffer.indexOf('<', this.searchFrom);
      if (start < 0) {
        this.searchFrom = buffer.length;
        return false;
      }
      this.searchFrom = start;
      const code = buffer.charCodeAt(start + 1);
      if (Number.isNaN(code)) return false;
      if (code === 33 /* ! */ || code === 63 /* ? */) {
        if (!this.skip(start, code)) return false;
        continue;
      }
      const end = endOfTag(buffer, start + 1);
      if (end < 0) return false;
      this.textEnd = start;
      this.take(start + 1, end);
      return true;
    }
  }

  /** Moves what was not given out to the front, and puts bytes behind it: as many again, so that long texts are copied seldom. */
  private refill(): void {
    const { textStart, waiting } = this;
    const rest = this.buffer.length - textStart;
    if (rest > this.tokenLength) throw unreadable('a tag or text has no end');
    const piece = Math.min(waiting.length, Math.max(WINDOW, rest));
    const length = rest + piece;
    const from = this.bytes;
    if (from.length < length + PADDING) this.bytes = Buffer.alloc(2 * length + PADDING);
    from.copy(this.bytes, 0, textStart, textStart + rest);
    waiting.copy(this.bytes, rest, 0, piece);
    this.bytes.fill(0, length, length + PADDING);
    this.waiting = waiting.subarray(piece);
    this.buffer = this.bytes.toString('latin1', 0, length);
    this.searchFrom -= textStart;
    this.sectionSearched = Math.max(0, this.sectionSearched - textStart);
    this.textStart = 0;
  }

  /** Text since the previous tag, undecoded. */
  get text(): string {
    const text = this.buffer.slice(this.textStart, this.textEnd);
    return this.textBefore === '' ? text : this.textBefore + text;
  }

  /** Elements that are open: this tag's own is one of them when it opens, and no more when it closes. */
  get depth(): number {
    return this.open.length;
  }

  /** Where this tag ends in `buffer`, or what follows it begins. */
  get position(): number {
    return this.tagEnd === 0 ? this.textStart : this.tagEnd;
  }

  /** Bytes of text and tag behind the last one that was given out. */
  get pendingLength(): number {
    return this.buffer.length - this.textStart + this.textBefore.length;
  }

  /** Leaves out what was read from `buffer` elsewhere: whole elements, or text between them. */
  skipTo(position: number): void {
    this.tagEnd = position;
  }

  /** Goes on from `position` to the bytes behind those at hand, for those who read by themselves. @returns false: push more */
  more(): boolean {
    if (this.waiting.length === 0) return false;
    this.leaveTag();
    this.refill();
    return true;
  }

  /** Value of an attribute of this tag, whatever its prefix, decoded. */
  attribute(localName: string): string | undefined {
    const { buffer, attributesEnd: end } = this;
    let at = this.attributesStart;
    for (;;) {
      while (at < end && buffer.charCodeAt(at) <= 32) at++;
      const equals = buffer.indexOf('=', at);
      if (equals < 0 || equals >= end) return undefined;
      let nameEnd = equals;
      while (nameEnd > at && buffer.charCodeAt(nameEnd - 1) <= 32) nameEnd--;
      let open = equals + 1;
      while (open < end && buffer.charCodeAt(open) <= 32) open++;
      const quote = buffer.charCodeAt(open);
      if (quote !== 34 && quote !== 39) throw unreadable('an attribute has no quotes');
      const close = buffer.indexOf(quote === 34 ? '"' : "'", open + 1);
      if (close < 0 || close >= end) throw unreadable('an attribute has no end');
      const start = nameEnd - localName.length;
      const isName = start === at || (start > at && buffer.charCodeAt(start - 1) === 58);
      if (isName && buffer.startsWith(localName, start)) return decodeText(buffer.slice(open + 1, close));
      at = close + 1;
    }
  }

  /** What stands in this tag behind its name, undecoded. */
  get attributes(): string {
    return this.buffer.slice(this.attributesStart, this.attributesEnd);
  }

  /**
   * Goes over what stands right behind this tag, if `pattern` (sticky) matches there in the bytes that are at hand: for
   * elements in their usual form, which are then not given out tag by tag. The pattern must match whole elements only.
   */
  match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.tagEnd;
    const found = pattern.exec(this.buffer);
    if (found) this.tagEnd = pattern.lastIndex;
    return found;
  }

  private leaveTag(): void {
    if (this.tagEnd === 0) return;
    this.textStart = this.searchFrom = this.tagEnd;
    this.tagEnd = 0;
    this.textBefore = '';
  }

  private take(from: number, end: number): void {
    const { buffer } = this;
    this.attributesEnd = end;
    this.tagEnd = end + 1;
    this.isClose = buffer.charCodeAt(from) === 47;
    if (this.isClose) {
      this.close(from + 1, end);
      return;
    }
    let nameEnd = from;
    let colon = -1;
    for (; nameEnd < end; nameEnd++) {
      const code = buffer.charCodeAt(nameEnd);
      if (code <= 32 || code === 47) break;
      if (code === 58) colon = nameEnd;
    }
    if (nameEnd === from) throw unreadable('a tag has no name');
    this.isOpen = true;
    this.isSelfClosing = buffer.charCodeAt(end - 1) === 47;
    this.attributesStart = nameEnd;
    const name = this.names.at(buffer, from, nameEnd, colon);
    this.name = name.local;
    this.prefix = name.prefix;
    if (this.open.length === 0 && this.hasRoot) throw unreadable('something stands behind its end');
    this.hasRoot = true;
    if (!this.isSelfClosing && this.open.push(name) > DEPTH) throw unreadable(`tags are nested deeper than ${DEPTH}`);
  }

  private close(from: number, end: number): void {
    const { buffer } = this;
    const name = this.open.pop() ?? NO_NAME;
    let nameEnd = from + name.full.length;
    const isSame = nameEnd > from && nameEnd <= end && buffer.startsWith(name.full, from);
    while (nameEnd < end && buffer.charCodeAt(nameEnd) <= 32) nameEnd++;
    if (!isSame || nameEnd !== end)
      throw unreadable(`</${buffer.slice(from, Math.min(end, from + 40))}> closes what is not open`);
    this.isOpen = false;
    this.isSelfClosing = false;
    this.attributesStart = end;
    this.name = name.local;
    this.prefix = name.prefix;
  }

  /** Passes over a comment or a processing instruction, and keeps the text of a CDATA section. @returns false: incomplete */
  private skip(start: number, code: number): boolean {
    const { buffer } = this;
    const [begin, finish] = this.sectionAt(start, code);
    if (begin === undefined) return false;
    const end = buffer.indexOf(finish, Math.max(start + begin.length, this.sectionSearched));
    if (end < 0) {
      this.sectionSearched = buffer.length - 2;
      return false;
    }
    this.sectionSearched = 0;
    this.textBefore += buffer.slice(this.textStart, start);
    if (begin === '<![CDATA[') {
      this.textBefore += buffer
        .slice(start + begin.length, end)
        .replaceAll('&', '&amp;')
        .replaceAll('<', '&lt;');
    }
    if (this.textBefore.length > this.tokenLength) throw unreadable('a text has no end');
    this.textStart = this.searchFrom = end + finish.length;
    return true;
  }

  private sectionAt(start: number, code: number): readonly [begin: string | undefined, end: string] {
    if (code === 63) return ['<?', '?>'];
    const found = SECTIONS.find(([begin]) => this.buffer.startsWith(begin, start));
    if (found) return found;
    const head = this.buffer.slice(start, start + 9);
    if (head.length < 9 && !(this.last && this.waiting.length === 0)) return [undefined, ''];
    throw /^<!doctype/i.test(head) ? new TabularError('doctype_forbidden') : unreadable('a declaration stands in it');
  }

  private atEnd(): false {
    if (this.last && (this.open.length > 0 || !this.hasRoot || this.searchFrom < this.buffer.length)) {
      throw new TabularError('file_unreadable', { format: 'XML', reason: 'it is cut off', cut: 'yes' });
    }
    return false;
  }
}

const SECTIONS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;

function unreadable(reason: string): TabularError {
  return new TabularError('file_unreadable', { format: 'XML', reason });
}
