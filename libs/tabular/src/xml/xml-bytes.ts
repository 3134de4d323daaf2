import { TextDecoder } from 'node:util';
import { TabularError } from '../tabular-error.js';

/** Turns the bytes of an XML file into its UTF-8 bytes, each a character: nothing to do for UTF-8, which nearly all are. */
export class XmlBytes {
  private head: Buffer | undefined = Buffer.alloc(0);
  private decoder: TextDecoder | undefined;

  /** @param last no more come. @throws TabularError wrong_encoding */
  push(bytes: Uint8Array, last: boolean): string {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    if (!this.head) return this.convert(chunk, last);
    const head = Buffer.concat([this.head, chunk]);
    if (head.length < 4 && !last) {
      this.head = head;
      return '';
    }
    this.head = undefined;
    return this.begin(head, last);
  }

  private begin(head: Buffer, last: boolean): string {
    const encoding = encodingOf(head);
    if (encoding !== 'utf-8') this.decoder = decoderOf(encoding);
    const hasMark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
    return this.convert(hasMark ? head.subarray(3) : head, last);
  }

  private convert(bytes: Buffer, last: boolean): string {
    if (!this.decoder) return bytes.toString('latin1');
    try {
      return Buffer.from(this.decoder.decode(bytes, { stream: !last })).toString('latin1');
    } catch (error) {
      throw new TabularError('wrong_encoding', { encoding: this.decoder.encoding }, { cause: error });
    }
  }
}

/** XML 1.0, appendix F: the byte order mark, the first characters, then what the declaration says. */
function encodingOf(head: Buffer): string {
  const start = head.length < 4 ? 0 : head.readUInt32BE(0);
  if (start >>> 16 === 0xfeff || start === 0x003c003f) return 'utf-16be';
  if (start >>> 16 === 0xfffe || start === 0x3c003f00) return 'utf-16le';
  const declaration = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([\w.-]{1,40})["']/.exec(
    head.toString('latin1', 0, 256),
  );
  return (declaration?.[1] ?? 'utf-8').toLowerCase();
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
