import { TabularError } from '../tabular-error.js';
import type { OutputColumn } from './output-cell.js';

/** Characters of a list that Excel takes in the validation itself. */
const INLINE_LENGTH = 255;

/**
 * The list may stand in the validation itself, where Excel parts it at commas and takes blanks off. Others need a sheet of
 * their own, in ODS too: it holds any list, but LibreOffice saves it as XLSX in the same way.
 */
export function isInlineList(list: readonly string[]): boolean {
  return (
    list.join(',').length <= INLINE_LENGTH &&
    list.every((item) => item !== '' && !/[,"]|[^\u0020-\uFFFF]|^\s|\s$/.test(item))
  );
}

/** @throws TabularError cell_not_writable (row 1) for a column that lists what no cell of the format can hold */
export function checkLists(columns: readonly OutputColumn[], isWritable: (text: string) => boolean): void {
  for (const [index, { list = [] }] of columns.entries()) {
    if (list.every((item) => item.isWellFormed() && isWritable(item))) continue;
    throw new TabularError('cell_not_writable', { row: 1, column: index + 1, reason: 'character' });
  }
}
