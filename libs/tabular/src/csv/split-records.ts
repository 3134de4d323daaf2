import Papa from 'papaparse';
import { unguardFormula } from './formula-guard.js';

/** Splits whole records, as `RecordCutter` gives them out, into cells. */
export type RecordSplitter = (text: string) => string[][];

export function recordSplitter(delimiter: string, quote: string): RecordSplitter {
  // The parser class itself: Papa.parse takes a byte order mark off each text it is given, not only off a file.
  const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: quote });
  return (text) => {
    if (text === '') return [];
    const { data } = parser.parse(text, 0, true) as { data: string[][] };
    for (const cells of data) {
      for (let i = 0; i < cells.length; i++) {
        const cell = cells[i] ?? '';
        if (cell.charCodeAt(0) === 39) cells[i] = unguardFormula(cell);
      }
    }
    return data;
  };
}

export function isBlankRecord(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}
