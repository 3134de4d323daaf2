import type { SheetRow } from '../table.js';
import { CELL_TYPES, type CellType } from './cell-type.js';
import { ColumnProfile } from './column-profile.js';
import type { DateOrder } from './guess-date.js';
import type { DecimalSeparator } from './guess-number.js';
import { Votes } from './votes.js';

export interface SniffedColumn {
  /** Number of the column, from 1. */
  readonly column: number;
  /** As it stands in the header; empty when that is blank, or there is none. */
  readonly name: string;
  /** What nearly all cells are that are not empty; `text` when they are of several types. */
  readonly type: CellType;
  /** Part of the cells that are of a type, 0 to 1; types that do not occur are left out. */
  readonly shares: Partial<Record<CellType, number>>;
  /** Of numbers that are texts in the file. */
  readonly decimalSeparator?: DecimalSeparator | 'ambiguous';
  /** Of dates that are texts in the file. */
  readonly dateOrder?: DateOrder | 'ambiguous';
  readonly dateFormats?: string[];
  /** The first different values. */
  readonly examples: string[];
  /** UTF-16 units of the longest value. */
  readonly maxLength: number;
}

interface DescribedColumns {
  readonly columns: SniffedColumn[];
  readonly decimalSeparator?: DecimalSeparator | 'ambiguous';
  readonly dateOrder?: DateOrder | 'ambiguous';
  readonly dateFormats: string[];
}

/** @param names the header, as wide as it is @param data the rows below it */
export function describeColumns(names: readonly string[], data: readonly SheetRow[]): DescribedColumns {
  const width = widthOf(names, data);
  const profiles = Array.from({ length: width }, () => new ColumnProfile());
  for (const { cells, kinds } of data) {
    for (const [i, profile] of profiles.entries()) profile.add(cells[i] ?? '', kinds?.[i]);
  }
  const separators = new Votes<DecimalSeparator>();
  const orders = new Votes<'dmy' | 'mdy'>();
  for (const profile of profiles) {
    if (isNumeric(profile)) separators.addAll(profile.separators);
    if (isDated(profile)) orders.addAll(profile.orders);
  }
  const dateOrder =
    orders.verdict ?? (profiles.some((profile) => isDated(profile) && profile.dateOrder === 'ymd') ? 'ymd' : undefined);
  const columns = profiles.map((profile, i) => describe(profile, i + 1, names[i] ?? '', dateOrder));
  return {
    columns,
    ...(separators.verdict && { decimalSeparator: separators.verdict }),
    ...(dateOrder && { dateOrder }),
    dateFormats: [...new Set(columns.flatMap(({ dateFormats = [] }) => dateFormats))],
  };
}

/** Columns behind the header count when half of the rows use them; less is a slip in some row. */
function widthOf(names: readonly string[], data: readonly SheetRow[]): number {
  let width = names.length;
  const isUsed = (at: number) => data.filter(({ cells }) => (cells[at] ?? '') !== '').length * 2 >= data.length;
  const widest = data.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  for (let at = width; at < widest; at++) if (isUsed(at)) width = at + 1;
  return width === 0 ? widest : width;
}

function isNumeric(profile: ColumnProfile): boolean {
  return profile.filledShare('integer', 'decimal', 'percent') >= 0.5;
}

function isDated(profile: ColumnProfile): boolean {
  return profile.isCompactDates || profile.filledShare('date', 'dateTime') >= 0.5;
}

function describe(
  profile: ColumnProfile,
  column: number,
  name: string,
  tableOrder: DateOrder | 'ambiguous' | undefined,
): SniffedColumn {
  const separator = isNumeric(profile) ? profile.separators.verdict : undefined;
  const order = isDated(profile) ? profile.dateOrder : undefined;
  const formats = isDated(profile) || profile.type === 'time' ? datePatterns(profile, tableOrder) : [];
  if (profile.isCompactDates) formats.push('yyyyMMdd');
  return {
    column,
    name,
    type: profile.type,
    shares: shares(profile),
    ...(separator && { decimalSeparator: separator }),
    ...(order && { dateOrder: order }),
    ...(formats.length > 0 && { dateFormats: formats }),
    examples: profile.examples,
    maxLength: profile.maxLength,
  };
}

/** The patterns of a column, those with open order read as the column, or else the table, has it. */
function datePatterns(profile: ColumnProfile, tableOrder: DateOrder | 'ambiguous' | undefined): string[] {
  const own = profile.orders.verdict;
  const order = own === 'dmy' || own === 'mdy' ? own : tableOrder;
  const patterns = [...profile.patterns].flatMap((pattern) => {
    const dmy = pattern.replace(/A/g, 'd').replace(/B/g, 'M');
    const mdy = pattern.replace(/A/g, 'M').replace(/B/g, 'd');
    if (dmy === pattern) return [pattern];
    return order === 'dmy' ? [dmy] : order === 'mdy' ? [mdy] : [dmy, mdy];
  });
  return [...new Set(patterns)].sort();
}

function shares(profile: ColumnProfile): Partial<Record<CellType, number>> {
  const types = CELL_TYPES.filter((type) => profile.counts.has(type));
  return Object.fromEntries(types.map((type) => [type, Math.round(profile.share(type) * 10_000) / 10_000]));
}
