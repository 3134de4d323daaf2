import { isBlank } from '../is-blank.js';
import type { SheetInfo, SheetRow, Table } from '../table.js';
import { TabularError, type TabularErrorCode } from '../tabular-error.js';

export interface SheetSummary extends SheetInfo {
  /** Some cell of the sheet holds something; absent when nobody looked, as in the later ones of very many sheets. */
  readonly hasData?: boolean;
  /** Why the sheet cannot be read. */
  readonly problem?: TabularErrorCode;
}

/** What the first rows of a sheet tell of it. */
export interface SheetGlance extends SheetSummary {
  /** Rows that are not blank, no more than were looked at. */
  readonly rows: number;
  /** Most cells of a row that hold something. */
  readonly width: number;
}

interface Sample {
  readonly rows: SheetRow[];
  /** The sheet has no more rows than these. */
  readonly isComplete: boolean;
}

/** Rows that tell whether a table stands in a sheet. */
const GLANCE = 20;
/** Cells that are enough, however many columns there are. */
const CELLS = 200_000;

/** The first rows of a sheet that are not blank. */
export async function sampleSheet(table: Table, sheet: string, limit: number): Promise<Sample> {
  const rows: SheetRow[] = [];
  let cells = 0;
  for await (const batch of table.read({ sheet })) {
    for (const row of batch.rows) {
      if (isBlank(row.cells)) continue;
      if (rows.length >= limit || cells > CELLS) return { rows, isComplete: false };
      rows.push(row);
      cells += row.cells.length;
    }
  }
  return { rows, isComplete: true };
}

/** A sheet that nobody asked for may be broken. */
export async function glanceAt(table: Table, { name, hidden }: SheetInfo): Promise<SheetGlance> {
  try {
    const { rows } = await sampleSheet(table, name, GLANCE);
    const filled = rows.map(({ cells }) => cells.filter((cell) => cell.trim() !== '').length);
    return { name, hidden, hasData: rows.length > 0, rows: rows.length, width: Math.max(0, ...filled) };
  } catch (error) {
    if (!(error instanceof TabularError)) throw error;
    return { name, hidden, hasData: false, problem: error.code, rows: 0, width: 0 };
  }
}
