import type { CellKind } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { numberText } from '../values/number-text.js';
import { isDay, isExcelDay, partsOfMoment, secondsOfTime } from './moments.js';
import type { CellFill, OutputCell } from './output-cell.js';

const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

/**
 * One cell after another, whatever form it was given in: its text, in the one form of its kind. It is one object for all
 * cells of a file, since one for each would be most of the time that writing takes.
 */
export class CellCursor {
  text = '';
  kind: CellKind = 'text';
  comment: string | undefined;
  fill: CellFill | undefined;
  row = 0;
  /** From 0. */
  column = 0;

  /** @param kind of a cell that is a string @throws TabularError cell_not_writable */
  take(cell: OutputCell, kind: CellKind | undefined, column: number): void {
    this.column = column;
    this.comment = undefined;
    this.fill = undefined;
    if (typeof cell === 'string') this.set(cell, kind ?? 'text');
    else if (typeof cell === 'number') this.setNumber(cell);
    else if (typeof cell === 'boolean') this.set(cell ? 'TRUE' : 'FALSE', 'boolean');
    else if (cell === null || cell === undefined) this.set('', 'text');
    else {
      this.set(cell.text, cell.kind ?? 'text');
      this.comment = cell.comment;
      this.fill = cell.fill;
    }
  }

  /** @throws TabularError always: the format has no such cell */
  refuse(reason: 'not_a_value_of_its_kind' | 'character'): never {
    throw new TabularError('cell_not_writable', { row: this.row, column: this.column + 1, reason });
  }

  private set(text: string, kind: CellKind): void {
    this.text = text;
    this.kind = text === '' ? 'text' : kind;
    if (this.kind === 'text' || this.kind === 'error') {
      // Half a pair of surrogates is no character: no encoding has it.
      if (!text.isWellFormed()) this.refuse('character');
    } else if (!isValueOf(text, this.kind)) this.refuse('not_a_value_of_its_kind');
    else if ((this.kind === 'number' || this.kind === 'percent') && /e/i.test(text))
      this.text = numberText(Number(text));
  }

  private setNumber(value: number): void {
    this.kind = 'number';
    if (!Number.isFinite(value)) this.refuse('not_a_value_of_its_kind');
    this.text = numberText(value);
  }
}

function isValueOf(text: string, kind: Exclude<CellKind, 'text' | 'error'>): boolean {
  switch (kind) {
    case 'number':
    case 'percent': {
      return NUMBER.test(text) && Number.isFinite(Number(text));
    }
    case 'boolean': {
      return text === 'TRUE' || text === 'FALSE';
    }
    case 'date': {
      return isDay(text) || isExcelDay(text);
    }
    case 'time': {
      return secondsOfTime(text) !== undefined;
    }
    case 'dateTime': {
      const moment = partsOfMoment(text);
      return moment !== undefined && (isDay(moment.day) || isExcelDay(moment.day));
    }
  }
}
