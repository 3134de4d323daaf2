import type { CellKind } from '../table.js';
import { CELL_TYPES, typeOfCell, type CellType, type TypedCell } from './cell-type.js';
import type { DateOrder } from './guess-date.js';
import type { DecimalSeparator } from './guess-number.js';
import { Votes } from './votes.js';

/** Different values that are shown of a column. */
const EXAMPLES = 5;
const EXAMPLE_LENGTH = 200;
/** Part of the cells that must agree for a column to be of a type. */
const CLEAR = 0.9;

const NUMBERS: readonly CellType[] = ['integer', 'decimal'];
const DAYS: readonly CellType[] = ['date', 'dateTime'];

/** What the cells of one column are like. */
export class ColumnProfile {
  readonly counts = new Map<CellType, number>();
  readonly separators = new Votes<DecimalSeparator>();
  /** Of days and months; a year in front says nothing about those of other dates. */
  readonly orders = new Votes<'dmy' | 'mdy'>();
  hasYearFirst = false;
  readonly patterns = new Set<string>();
  readonly examples: string[] = [];
  maxLength = 0;
  private cells = 0;
  /** Eight digits each that would be a day written as `yyyyMMdd`. */
  private compactDates = 0;

  add(cell: string, kind?: CellKind): void {
    const typed = typeOfCell(cell, kind);
    this.cells++;
    this.counts.set(typed.type, (this.counts.get(typed.type) ?? 0) + 1);
    this.maxLength = Math.max(this.maxLength, cell.length);
    if (typed.type === 'empty') return;
    this.learn(typed);
    if (typed.type === 'integer' && isCompactDate(cell.trim())) this.compactDates++;
    if (this.examples.length < EXAMPLES) this.addExample(cell);
  }

  /** Of all cells. */
  share(...types: CellType[]): number {
    return this.cells === 0 ? 0 : this.count(types) / this.cells;
  }

  /** Of the cells that are not empty. */
  filledShare(...types: CellType[]): number {
    return this.filled === 0 ? 0 : this.count(types) / this.filled;
  }

  get filled(): number {
    return this.cells - this.count(['empty']);
  }

  get dateOrder(): DateOrder | 'ambiguous' | undefined {
    return this.orders.verdict ?? (this.hasYearFirst || this.isCompactDates ? 'ymd' : undefined);
  }

  /** All that is there are days such as 20241231, several of them. */
  get isCompactDates(): boolean {
    return this.compactDates > 1 && this.compactDates === this.filled;
  }

  /** What nearly all cells are that are not empty; `text` when they are of several types. */
  get type(): CellType {
    if (this.filled === 0) return 'empty';
    if (this.isCompactDates) return 'date';
    const single = CELL_TYPES.find((type) => type !== 'empty' && this.filledShare(type) >= CLEAR);
    if (single) return single;
    if (this.filledShare(...NUMBERS) >= CLEAR) return 'decimal';
    return this.filledShare(...DAYS) >= CLEAR ? 'dateTime' : 'text';
  }

  private count(types: readonly CellType[]): number {
    return types.reduce((sum, type) => sum + (this.counts.get(type) ?? 0), 0);
  }

  private learn({ number, date }: TypedCell): void {
    this.separators.add(number?.separator);
    if (!date) return;
    if (date.order === 'ymd') this.hasYearFirst = true;
    else this.orders.add(date.order);
    this.patterns.add(date.pattern);
  }

  private addExample(cell: string): void {
    const example = cell.slice(0, EXAMPLE_LENGTH);
    if (!this.examples.includes(example)) this.examples.push(example);
  }
}

function isCompactDate(text: string): boolean {
  return /^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(text);
}
