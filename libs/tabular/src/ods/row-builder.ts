import type { RowLimits } from '../limits.js';
import type { CellKind } from '../table.js';
import { TabularError } from '../tabular-error.js';

/** A row as the file has it: once, with the times it is there. */
export interface RepeatedRow {
  /** Number of the first. */
  readonly row: number;
  readonly times: number;
  readonly cells: string[];
  /** Absent when all cells are texts. */
  readonly kinds?: CellKind[];
}

/** Makes rows from cells that come one after another. What is blank costs nothing, however often it is repeated. */
export class RowBuilder {
  /** Number of the row, from 1. */
  row = 1;
  private times = 1;
  /** Cells so far, blank ones included. */
  private columns = 0;
  private cells: string[] = [];
  private kinds: CellKind[] = [];
  private isTyped = false;

  constructor(private readonly limits: RowLimits) {}

  start(times: number): void {
    this.times = times;
    this.columns = 0;
  }

  /** @throws TabularError too_many_columns, cell_too_long */
  add(text: string, kind: CellKind, times: number): void {
    const before = this.columns;
    this.columns += times;
    if (text === '') return;
    const { columns, cellLength } = this.limits;
    if (this.columns > columns)
      throw new TabularError('too_many_columns', { row: this.row, limit: columns, columns: this.columns });
    if (text.length > cellLength) throw new TabularError('cell_too_long', { row: this.row, limit: cellLength });
    const { cells, kinds } = this;
    while (cells.length < before) {
      cells.push('');
      kinds.push('text');
    }
    if (kind !== 'text') this.isTyped = true;
    for (let time = 0; time < times; time++) {
      cells.push(text);
      kinds.push(kind);
    }
  }

  /** @returns undefined when it is blank */
  finish(): RepeatedRow | undefined {
    const { row, times, cells, kinds, isTyped } = this;
    this.row += times;
    if (cells.length === 0) return undefined;
    this.cells = [];
    this.kinds = [];
    this.isTyped = false;
    return isTyped ? { row, times, cells, kinds } : { row, times, cells };
  }
}
