import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { TabularError } from '../tabular-error.js';

const NOTHING = Buffer.alloc(0);

/**
 * Turns the bytes of an XML file, cut anywhere, into UTF-8 that was checked, cut between characters. Nothing to do but the
 * check for UTF-8, which nearly all are.
 */
export class XmlBytes {
  private begun = false;
  /** First bytes that do not tell the encoding yet, then those of a character that was cut. */
  private rest: Buffer = NOTHING;
  private decoder: TextDecoder | undefined;

  /** @param last no more come. @throws TabularError wrong_encoding, file_unreadable */
  push(bytes: Uint8Array, last: boolean): Buffer {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const all = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    this.rest = NOTHING;
    if (this.begun) return this.convert(all, last);
    if (!last && !tellsEncoding(all)) {
      // Kept: the buffer that was given may be used again.
      this.rest = Buffer.from(all);
      return NOTHING;
    }
    this.begun = true;
    const encoding = encodingOf(all);
    if (encoding !== 'utf-8') this.decoder = decoderOf(encoding);
    return this.convert(hasMark(all) ? all.subarray(3) : all, last);
  }

  private convert(bytes: Buffer, last: boolean): Buffer {
    if (!this.decoder) return this.checked(bytes, last);
    try {
      // Not all at once: Node 20 then takes Windows-1252 for ISO-8859-1.
      const text = this.decoder.decode(bytes, { stream: true });
      return Buffer.from(last ? text + this.decoder.decode() : text);
    } catch (error) {
      throw new TabularError('wrong_encoding', { row: 0, encoding: this.decoder.encoding }, { cause: error });
    }
  }

  private checked(bytes: Buffer, last: boolean): Buffer {
    const end = last ? bytes.length : endOfCharacters(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) throw new TabularError('wrong_encoding', { row: 0, encoding: 'utf-8' });
    if (end < bytes.length) this.rest = Buffer.from(bytes.subarray(end));
    return whole;
  }
}

/** Where the last character begins if it is cut off, else the end. */
function endOfCharacters(bytes: Buffer): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back] ?? 0;
    if (byte >= 0xc0) return byte >= 0xf0 || (byte >= 0xe0 && back < 3) || back < 2 ? length - back : length;
    if (byte < 0x80) return length;
  }
  return length;
}

function hasMark(head: Buffer): boolean {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
}

/** Whether there is more than a part of the XML declaration, which says the encoding. */
function tellsEncoding(head: Buffer): boolean {
  return head.length >= DECLARATION_LENGTH || (head.length >= 4 && head.includes(0x3e));
}

const DECLARATION_LENGTH = 512;

/** XML 1.0, appendix F: the byte order mark, the first characters, then what the declaration says. */
function encodingOf(head: Buffer): string {
  const start = head.length < 4 ? 0 : head.readUInt32BE(0);
  if (start >>> 16 === 0xfeff || start === 0x003c003f) return 'utf-16be';
  if (start >>> 16 === 0xfffe || start === 0x3c003f00) return 'utf-16le';
  const declaration = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]{1,40})["']/.exec(
    head.toString('latin1', 0, DECLARATION_LENGTH),
  );
  const declared = (declaration?.[1] ?? 'utf-8').toLowerCase();
  // .NET declares the encoding of its strings, whatever they are saved in; the declaration could not be read if it were true.
  return /^(?:utf-(?:16|32)|(?:iso-10646-)?ucs-[24])/.test(declared) ? 'utf-8' : declared;
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    throw new TabularError(
      'file_unreadable',
      { format: 'XML', reason: `unknown encoding ${encoding}` },
      { cause: error },
    );
  }
}
