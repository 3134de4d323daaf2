import { isDatePattern } from '@muster/import-model';
import type { Sniffed } from '@muster/tabular';

/** How a file is read. What was recognised from its content; a configuration's `source` overrides single values. */
export interface SourceSettings {
  readonly format: 'csv' | 'xlsx' | 'ods';
  /** Of CSV. */
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly quote?: string;
  /** Of a workbook: the sheet that is read, and others that hold something too. */
  readonly sheet?: string;
  readonly otherSheets?: readonly string[];
  /** Number of the row that names the columns, from 1. */
  readonly headerRow: number;
  readonly firstDataRow: number;
  /** Header texts, in file order. */
  readonly columns: readonly string[];
  /** How texts write numbers and dates, where that is beyond doubt. */
  readonly decimalSeparator?: ',' | '.';
  readonly dateFormat?: string;
}

/** What somebody says about the file; the rest is recognised. */
export type SourceOverrides = {
  readonly [K in Exclude<keyof SourceSettings, 'format' | 'otherSheets' | 'columns'>]?: SourceSettings[K] | undefined;
};

/** @param sniffed with a header: a file of which every row looks like data is taken to have one all the same */
export function sourceSettings(sniffed: Sniffed, overrides: SourceOverrides): SourceSettings {
  const { format, csv, sheet, sheets, headerRow } = sniffed;
  return {
    format,
    ...(csv
      ? { encoding: csv.encoding, delimiter: csv.delimiter, quote: csv.quote }
      : {
          sheet,
          otherSheets: sheets.filter(({ name, hasData }) => hasData && name !== sheet).map(({ name }) => name),
        }),
    headerRow,
    firstDataRow: Math.max(overrides.firstDataRow ?? 0, headerRow + 1),
    columns: sniffed.columns.map(({ name }) => name),
    ...writing(sniffed, overrides),
  };
}

/** What decides which columns a file has. */
const DECIDES_COLUMNS = ['encoding', 'delimiter', 'quote', 'sheet', 'headerRow'] as const;

/** What was recognised, with what somebody says, unless that makes another table of the file: then undefined. */
export function settingsKnown(recognised: SourceSettings, said: SourceOverrides): SourceSettings | undefined {
  if (DECIDES_COLUMNS.some((name) => said[name] !== undefined && said[name] !== recognised[name])) return undefined;
  const { decimalSeparator = recognised.decimalSeparator, dateFormat = recognised.dateFormat } = said;
  return {
    ...recognised,
    firstDataRow: Math.max(said.firstDataRow ?? 0, recognised.headerRow + 1),
    ...(decimalSeparator && { decimalSeparator }),
    ...(dateFormat && { dateFormat }),
  };
}

function writing(sniffed: Sniffed, overrides: SourceOverrides) {
  const decimalSeparator = overrides.decimalSeparator ?? sure(sniffed.decimalSeparator);
  const dateFormat = overrides.dateFormat ?? sureDateFormat(sniffed);
  return { ...(decimalSeparator && { decimalSeparator }), ...(dateFormat && { dateFormat }) };
}

function sure<T extends string>(found: T | 'ambiguous' | undefined): T | undefined {
  return found === 'ambiguous' ? undefined : found;
}

function sureDateFormat({ dateOrder, dateFormats }: Sniffed): string | undefined {
  const [dateFormat, ...others] = dateFormats;
  if (dateFormat === undefined || others.length > 0 || dateOrder === 'ambiguous') return undefined;
  // Days before months with dots are read anyway, beside others.
  return dateFormat !== 'dd.MM.yyyy' && isDatePattern(dateFormat) ? dateFormat : undefined;
}
