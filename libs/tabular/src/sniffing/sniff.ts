import type { CsvDialect } from '../csv/csv-dialect.js';
import { isBlank } from '../is-blank.js';
import type { SheetRow, Table, TableFormat } from '../table.js';
import { TabularError } from '../tabular-error.js';
import type { CellType } from './cell-type.js';
import { describeColumns, type SniffedColumn } from './describe-columns.js';
import { findHeader, type FoundHeader } from './find-header.js';
import type { DateOrder } from './guess-date.js';
import type { DecimalSeparator } from './guess-number.js';
import { mainSheet } from './main-sheet.js';
import { glanceAt, sampleSheet, type SheetGlance, type SheetSummary } from './sample-sheet.js';

export type { CellType, DateOrder, DecimalSeparator, SheetSummary, SniffedColumn };

export interface SniffOptions {
  /** Name of the sheet. Preset: the first with a table that is not hidden, cover sheets passed over. */
  readonly sheet?: string | undefined;
  /** What somebody knows better; 0: there is no header. */
  readonly headerRow?: number | undefined;
  /** Rows that are looked at. Preset: 1,000. */
  readonly rows?: number | undefined;
}

/** How a file is to be understood, by its first rows. Goes through JSON unharmed. */
export interface Sniffed {
  readonly format: TableFormat;
  readonly csv?: CsvDialect;
  /** The one that all else is about. */
  readonly sheet: string;
  readonly sheets: SheetSummary[];
  /** Number of the row that names the columns; 0: there is none. */
  readonly headerRow: number;
  /** Number of the first row with data; the one below the header when there is no data. */
  readonly firstDataRow: number;
  /** How sure header and first row are, 0 to 1; under 0.7 a person should confirm them. */
  readonly headerConfidence: number;
  readonly columns: SniffedColumn[];
  /** Numbers of columns whose header is blank. */
  readonly blankHeaders: number[];
  /** Headers that stand above several columns; case and white space make no difference. */
  readonly duplicateHeaders: { readonly name: string; readonly columns: number[] }[];
  /** How numbers are written that are texts in the file; absent when there are none with a fraction or groups. */
  readonly decimalSeparator?: DecimalSeparator | 'ambiguous';
  /** How dates are written that are texts in the file; absent when there are none. */
  readonly dateOrder?: DateOrder | 'ambiguous';
  /** Such as `dd.MM.yyyy`, those of texts. */
  readonly dateFormats: string[];
  /** Rows of data that have more cells than there are columns; the first ten of them by number. */
  readonly longerRows: { readonly count: number; readonly rows: number[] };
  /** Rows of data that were looked at. */
  readonly rowsSeen: number;
  /** These are all rows of the sheet. */
  readonly isComplete: boolean;
}

const PRESET_ROWS = 1_000;
/** Each sheet that is looked at may mean that a workbook is unpacked up to it. */
const MOST_SHEETS = 30;

/**
 * Finds out which sheet, header, columns and ways of writing a table has, by its first rows.
 *
 * @throws TabularError no_data_rows (no cell of the file holds anything), sheet_not_found, and what `Table.read` throws
 */
export async function sniff(table: Table, options: SniffOptions = {}): Promise<Sniffed> {
  const glances: SheetGlance[] = [];
  for (const sheet of table.sheets.slice(0, MOST_SHEETS)) glances.push(await glanceAt(table, sheet));
  const later = table.sheets.slice(MOST_SHEETS).map(({ name, hidden }) => ({ name, hidden }));
  const sheets = [...glances.map(({ rows: _rows, width: _width, ...summary }) => summary), ...later];
  const sheet = options.sheet ?? readableSheet(glances);
  const { rows, isComplete } = await sampleSheet(table, sheet, options.rows ?? PRESET_ROWS);
  if (rows.length === 0) throw new TabularError('no_data_rows');
  const header = options.headerRow === undefined ? findHeader(rows) : givenHeader(rows, options.headerRow);
  const data = rows.filter(({ row }) => row >= header.firstDataRow);
  const names = rows.find(({ row }) => row === header.headerRow)?.cells ?? [];
  const { columns, ...writing } = describeColumns(names, data);
  return {
    format: table.format,
    ...(table.csv && { csv: table.csv }),
    sheet,
    sheets,
    headerRow: header.headerRow,
    firstDataRow: header.firstDataRow,
    headerConfidence: header.confidence,
    columns,
    ...headerFaults(columns, header.headerRow),
    ...writing,
    longerRows: longerRows(data, columns.length),
    rowsSeen: data.length,
    isComplete,
  };
}

/** @throws TabularError the problem of the sheet that would be read when none has data */
function readableSheet(sheets: readonly SheetGlance[]): string {
  const chosen = mainSheet(sheets);
  if (chosen) return chosen.name;
  const broken = sheets.find(({ problem }) => problem !== undefined);
  if (broken) return broken.name;
  throw new TabularError('no_data_rows');
}

function givenHeader(rows: readonly SheetRow[], headerRow: number): FoundHeader {
  const firstDataRow = rows.find(({ row }) => row > headerRow)?.row ?? headerRow + 1;
  return { headerRow, firstDataRow, confidence: 1 };
}

function headerFaults(
  columns: readonly SniffedColumn[],
  headerRow: number,
): Pick<Sniffed, 'blankHeaders' | 'duplicateHeaders'> {
  if (headerRow === 0) return { blankHeaders: [], duplicateHeaders: [] };
  const byName = new Map<string, SniffedColumn[]>();
  const blankHeaders: number[] = [];
  for (const column of columns) {
    const key = column.name.trim().replace(/\s+/g, ' ').normalize('NFC').toLowerCase();
    if (key === '') blankHeaders.push(column.column);
    else byName.set(key, [...(byName.get(key) ?? []), column]);
  }
  const duplicateHeaders = [...byName.values()]
    .filter((same) => same.length > 1)
    .map((same) => ({ name: same[0]?.name ?? '', columns: same.map(({ column }) => column) }));
  return { blankHeaders, duplicateHeaders };
}

function longerRows(data: readonly SheetRow[], columns: number): Sniffed['longerRows'] {
  const longer = data.filter(({ cells }) => !isBlank(cells.slice(columns)));
  return { count: longer.length, rows: longer.slice(0, 10).map(({ row }) => row) };
}
