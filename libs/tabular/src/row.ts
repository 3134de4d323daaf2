import type { CellKind, SheetRow } from './table.js';

/**
 * A row as a reader gives it out. A class, because of objects that are written as literals the engine may decide, from the
 * few that it watches, that they live for long; it then keeps each with all its texts until the next collection of everything,
 * which took twice the time and a quarter more memory.
 */
export class Row implements SheetRow {
  declare readonly kinds?: CellKind[];

  constructor(
    readonly row: number,
    readonly cells: string[],
    kinds: CellKind[] | undefined,
  ) {
    if (kinds) this.kinds = kinds;
  }
}
