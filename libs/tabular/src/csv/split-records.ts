import Papa from 'papaparse';
import type { CellKind, SheetRow } from '../table.js';
import { isErrorValue } from '../values/error-value.js';
import { unguardFormula } from '../writing/csv/formula-guard.js';

interface SplitRecords {
  /** The records but empty ones. */
  readonly rows: SheetRow[];
  /** How many records there are, empty ones included. */
  readonly count: number;
}

const MAY_HOLD_ERROR = /#|Err:|Fehler:/;

/** Splits whole records, as `RecordCutter` gives them out, into cells. @param before number of records in front of them */
export type RecordSplitter = (text: string, before: number) => SplitRecords;

export function recordSplitter(delimiter: string, quote: string): RecordSplitter {
  // The parser class itself: Papa.parse takes a byte order mark off each text it is given, not only off a file.
  const parser = new Papa.Parser({ delimiter, newline: '\n', quoteChar: quote });
  return (text, before) => {
    if (text === '') return { rows: [], count: 0 };
    const split = text.includes(quote) ? byParser(parser, text, before) : byLines(text, delimiter, before);
    // Before the guard is taken off: with it an error is a text that somebody wrote.
    if (MAY_HOLD_ERROR.test(text)) markErrors(split.rows);
    if (text.includes("'")) for (const { cells } of split.rows) unguard(cells);
    return split;
  };
}

/** Without quotes there is nothing to parse; a file of line ends and delimiters only must not cost an array for each. */
function byLines(text: string, delimiter: string, before: number): SplitRecords {
  const lines = text.split('\n');
  const count = lines.length - 1;
  const rows: SheetRow[] = [];
  for (let i = 0; i < count; i++) {
    const line = lines[i] ?? '';
    if (!isEmpty(line, delimiter)) rows.push({ row: before + i + 1, cells: line.split(delimiter) });
  }
  return { rows, count };
}

function isEmpty(line: string, delimiter: string): boolean {
  let at = 0;
  while (at < line.length && line[at] === delimiter) at++;
  return at === line.length;
}

function byParser(parser: Papa.Parser, text: string, before: number): SplitRecords {
  const { data } = parser.parse(text, 0, true) as { data: string[][] };
  const rows: SheetRow[] = [];
  for (let i = 0; i < data.length; i++) {
    const cells = data[i] ?? [];
    if (cells.length > 1 || cells[0] !== '') rows.push({ row: before + i + 1, cells });
  }
  return { rows, count: data.length };
}

/** CSV has no kinds of cells; what stands there in place of a value is an error as in the workbook that it was saved from. */
function markErrors(rows: SheetRow[]): void {
  for (const [i, { row, cells }] of rows.entries()) {
    if (!cells.some(isErrorValue)) continue;
    const kinds = cells.map((cell): CellKind => (isErrorValue(cell) ? 'error' : 'text'));
    rows[i] = { row, cells, kinds };
  }
}

function unguard(cells: string[]): void {
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i] ?? '';
    if (cell.charCodeAt(0) === 39) cells[i] = unguardFormula(cell);
  }
}
