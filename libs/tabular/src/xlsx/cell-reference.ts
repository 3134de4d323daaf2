import { unreadable } from './xlsx-error.js';

/** Column of a reference such as `AB12`, from 0. @throws TabularError file_unreadable */
export function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at++) {
    const code = reference.charCodeAt(at) & ~32;
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  if (column < 1 || column > 16_384) throw unreadable(`no column: ${reference.slice(0, 20)}`);
  return column - 1;
}

/** Number of the row, from 1, of a reference such as `AB12` or `12`. @throws TabularError file_unreadable */
export function rowOf(reference: string): number {
  const [, digits] = /^\s*[A-Za-z]*(\d{1,7})\s*$/.exec(reference) ?? [];
  if (digits === undefined) throw unreadable(`no row: ${reference.slice(0, 20)}`);
  return Number(digits);
}
