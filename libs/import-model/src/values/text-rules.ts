import { lengthOf } from '@muster/contracts';

/** What a text may not hold: NUL (no database takes it) and halves of characters. */
export type BadCharacter = 'nul' | 'surrogate';

export function badCharacter(text: string): BadCharacter | undefined {
  if (text.includes('\u0000')) return 'nul';
  return text.isWellFormed() ? undefined : 'surrogate';
}

/** Whether `text` has more than `limit` code points after NFC; composes only where that can make a difference. */
export function isLongerThan(text: string, limit: number): boolean {
  // NFC lengthens a text at most threefold (UAX #15); below U+0300 it changes nothing.
  if (text.length * 3 <= limit) return false;
  return isUnaffectedByNfc(text) ? text.length > limit : lengthOf(text) > limit;
}

function isUnaffectedByNfc(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) >= 0x300) return false;
  return true;
}

export function isBlank(text: string): boolean {
  const first = text.charCodeAt(0);
  // Between these lie no white space characters but U+00A0.
  if (first > 0x20 && first < 0x1680 && first !== 0xa0) return false;
  return text.trim().length === 0;
}

/** Whether every UTF-16 unit of `text` is marked in `allowed`, a table of the ASCII characters. */
export function consistsOf(text: string, allowed: readonly boolean[]): boolean {
  for (let i = 0; i < text.length; i++) if (!allowed[text.charCodeAt(i)]) return false;
  return true;
}

export function asciiTable(characters: string): readonly boolean[] {
  return Array.from({ length: 128 }, (_, code) => characters.includes(String.fromCharCode(code)));
}
