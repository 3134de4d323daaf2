/** Whether `pattern` stands at `at`. */
export function standsAt(bytes: Uint8Array, at: number, pattern: Uint8Array): boolean {
  for (let index = 0; index < pattern.length; index++) if (bytes[at + index] !== pattern[index]) return false;
  return true;
}

/** Bytes of markup in which `:` after `<` or `</` stands for the prefix of names that a file uses, and its colon. */
export function markup(template: string, prefix: string): Uint8Array {
  const replacement = prefix === '' ? '' : `${prefix}:`;
  return new Uint8Array(Buffer.from(template.replaceAll(':', replacement), 'latin1'));
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
