import { isAscii } from 'node:buffer';

/** Which characters beyond ASCII a file has. */
export interface ByteSurvey {
  /** Characters of UTF-8 that have several bytes. */
  utf8: number;
  /** Bytes beyond ASCII that are no part of such a character. */
  others: number;
  /** `others` of 0x80 to 0x9F: letters and quotes in Windows-1252, nothing that stands in a text in ISO-8859. */
  controls: number;
  /** `others` that make sense as the euro sign or a letter that ISO-8859-15 has in places of its own. */
  latin9: number;
}

/** So many characters of UTF-8, and nothing else beyond ASCII, are in no file of another encoding. */
const ENOUGH = 1_000;
/** Looked at as one for whether it is plain ASCII, which most of most files is. */
const BLOCK = 16 * 1024;
/** Bytes behind one that tell what it is. */
const LOOK_AHEAD = 3;

/** Counts the characters beyond ASCII in bytes that come in pieces, cut anywhere. */
export class ByteSurveyor {
  readonly survey: ByteSurvey = { utf8: 0, others: 0, controls: 0, latin9: 0 };
  /** The last bytes, of which `looked` are there only as neighbours of the next ones. */
  private tail: Buffer = Buffer.alloc(0);
  private looked = 0;

  /** More bytes would change nothing. */
  get isSettled(): boolean {
    return this.survey.utf8 >= ENOUGH && this.survey.others === 0;
  }

  /** @param last no more bytes come */
  push(piece: Uint8Array, last: boolean): void {
    if (piece.length > LOOK_AHEAD && isAscii(this.tail) && isAscii(piece)) {
      this.keep(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength), piece.length);
      return;
    }
    const bytes = Buffer.concat([this.tail, piece]);
    const end = last ? bytes.length : bytes.length - LOOK_AHEAD;
    let at = this.looked;
    while (at < end) {
      const block = bytes.subarray(at, Math.min(at + BLOCK, end));
      at = isAscii(block) ? at + block.length : this.count(bytes, at, at + block.length);
    }
    this.keep(bytes, at);
  }

  /** @param at up to where the bytes were looked at */
  private keep(bytes: Buffer, at: number): void {
    const from = Math.max(0, at - 1);
    // A copy, since the caller may use its buffer again.
    this.tail = Buffer.from(bytes.subarray(from));
    this.looked = at - from;
  }

  /** @returns the place behind the last character counted, which may be behind `to` */
  private count(bytes: Buffer, from: number, to: number): number {
    const { survey } = this;
    let at = from;
    while (at < to) {
      const byte = bytes[at] ?? 0;
      const length = byte < 0x80 ? 1 : utf8Length(bytes, at);
      if (length > 1) survey.utf8++;
      else if (length === 0) {
        survey.others++;
        if (byte < 0xa0) survey.controls++;
        else if (speaksForLatin9(bytes, at)) survey.latin9++;
      }
      at += length || 1;
    }
    return at;
  }
}

/** Bytes of the character of UTF-8 that begins here beyond ASCII; 0: none does. */
function utf8Length(bytes: Buffer, at: number): number {
  const lead = bytes[at] ?? 0;
  const length = lead < 0xc2 || lead > 0xf4 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  const second = bytes[at + 1] ?? 0;
  // Overlong forms, surrogates, and what is beyond Unicode: table 3-7 of the Unicode standard.
  if (lead === 0xe0 && second < 0xa0) return 0;
  if (lead === 0xed && second >= 0xa0) return 0;
  if (lead === 0xf0 && second < 0x90) return 0;
  if (lead === 0xf4 && second >= 0x90) return 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

/**
 * The eight places where ISO-8859-15 differs from ISO-8859-1 and Windows-1252. A letter of its is taken for one only where
 * the sign of the others would make no sense: a fraction follows digits, and an acute accent (for `Ž`) often stands for an
 * apostrophe.
 */
function speaksForLatin9(bytes: Buffer, at: number): boolean {
  const before = bytes[at - 1] ?? 0;
  const after = bytes[at + 1] ?? 0;
  switch (bytes[at]) {
    case 0xa4: // € or ¤
      return true;
    case 0xa8: // š or ¨
    case 0xb8: // ž or ¸
      return isLetter(before) || isLetter(after);
    case 0xa6: // Š or ¦
      return !isLetter(before) && isSmall(after);
    case 0xbc: // Œ or ¼
    case 0xbd: // œ or ½
      return !isDigit(before) && isSmall(after) && (isLetter(before) || isSmall(bytes[at + 2] ?? 0));
    default:
      return false;
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

function isSmall(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || byte >= 0xdf;
}

function isLetter(byte: number): boolean {
  return isSmall(byte) || (byte >= 0x41 && byte <= 0x5a) || byte >= 0xc0;
}
