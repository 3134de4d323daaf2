/** Bytes that are looked for in others. It has its own length, for asking an array for its took a twentieth of the time. */
export class BytePattern {
  readonly length: number;
  private readonly pattern: Uint8Array;

  /** @param text each character a byte */
  constructor(text: string) {
    this.pattern = new Uint8Array(Buffer.from(text, 'latin1'));
    this.length = text.length;
  }

  standsAt(bytes: Uint8Array, at: number): boolean {
    const { length, pattern } = this;
    for (let index = 0; index < length; index++) if (bytes[at + index] !== pattern[index]) return false;
    return true;
  }
}

/** Markup in which `:` after `<` or `</` stands for the prefix of names that a file uses, and its colon. */
export function markup(template: string, prefix: string, behind = ''): BytePattern {
  return new BytePattern(template.replaceAll(':', prefix === '' ? '' : `${prefix}:`) + behind);
}

/**
 * Where a text ends that needs nothing but to be copied: it has no references, no line ends that must be changed, no
 * escapes such as _x000D_.
 *
 * @param bytes with zeros behind the end
 * @returns where `<` stands, or -1 when the text needs more; `isAscii` is what `plainText.isAscii` says then
 */
export function endOfPlainText(bytes: Uint8Array, start: number): number {
  let end = start;
  let all = 0;
  let byte = bytes[end] ?? 0;
  while (byte !== 60 && byte !== 38 && byte !== 13 && byte !== 0 && (byte !== 95 || bytes[end + 1] !== 120)) {
    all |= byte;
    byte = bytes[++end] ?? 0;
  }
  plainText.isAscii = all < 128;
  return byte === 60 ? end : -1;
}

/** Second result of `endOfPlainText`, which is called too often to make an object each time. */
export const plainText = { isAscii: true };
