import type { CellKind } from '../table.js';

/** What the colour of a cell tells a person. */
export type CellFill = 'error' | 'changed' | 'warning';

/** A value as text, in the form that the readers give out for its kind, and what marks its cell. */
export interface TypedCell {
  readonly text: string;
  /** Preset: text. */
  readonly kind?: CellKind | undefined;
  /** A note that a person sees at the cell. Not in CSV. */
  readonly comment?: string | undefined;
  /** Not in CSV. */
  readonly fill?: CellFill | undefined;
}

/** A string is always a text, whatever it looks like; null, undefined and '' are an empty cell. */
export type OutputCell = string | number | boolean | null | undefined | TypedCell;

/** A row with its place in the sheet. What a reader gives out is one. */
export interface PlacedRow {
  /** Its number in the sheet, from 1, the header being 1; above those before. Preset: the next. */
  readonly row?: number | undefined;
  readonly cells: readonly OutputCell[];
  /** The kinds of those `cells` that are strings, one for one. Preset: all are text. */
  readonly kinds?: readonly CellKind[] | undefined;
}

export type OutputRow = readonly OutputCell[] | PlacedRow;

export interface OutputColumn {
  readonly header: string;
  /** How empty cells of the column are formatted, for what people type in. Preset: text, which keeps `007` and `+43`. */
  readonly kind?: CellKind | undefined;
  /** In characters. Preset: by the header. */
  readonly width?: number | undefined;
  /** The only values that a spreadsheet lets people enter. Not in CSV. */
  readonly list?: readonly string[] | undefined;
}
