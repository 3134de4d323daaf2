import type { CellValue } from '../schema/field-schema.js';

/** A row of a work order. */
export interface ChunkRow {
  /** Its number in the file. */
  readonly row: number;
  /** In the order of the work order's columns. */
  readonly values: readonly CellValue[];
}
