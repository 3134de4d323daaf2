import type { OutputCell, TableFormat } from '@muster/tabular';

/** What an ODS file cannot hold: no `Char` of XML 1.0. Surrogates are pairs. */
const NOT_IN_ODS = /[^\t\n\r\u0020-\uFFFD]/g;

/** A text as a file of the format can hold it: one character that it cannot must not keep all others from those who ask. */
export function writableText(text: string, format: TableFormat): string {
  return format === 'ods' ? text.replaceAll(NOT_IN_ODS, '\uFFFD') : text;
}

export function writableCell(cell: OutputCell, format: TableFormat): OutputCell {
  return typeof cell === 'string' ? writableText(cell, format) : cell;
}
