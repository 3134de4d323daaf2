import type { TableLimits } from '../limits.js';
import { Row } from '../row.js';
import { checkRows } from '../row-limit.js';
import type { SheetBatch, SheetRow } from '../table.js';
import { TabularError } from '../tabular-error.js';
import type { Archive, ArchiveEntry } from '../zip/archive.js';
import type { RepeatedRow } from './row-builder.js';
import { SheetParser } from './sheet-parser.js';

/**
 * A batch has as many at most. Few: what is alive when the collector of young objects comes by makes its space grow, with
 * 500 rows of 20 columns to 200 MB.
 */
const BATCH_ROWS = 100;
const BATCH_CELLS = 2_000;

/** No spreadsheet has more rows; who claims more repeats one of them without end. */
const ROWS_OF_A_SHEET = 16_777_216;

/** Cells that repeated rows may come to, for each row that a table may have: a wide row, repeated, is a bomb. */
const REPEATED_CELLS_PER_ROW = 100;

export interface SheetPlace {
  readonly archive: Archive;
  readonly content: ArchiveEntry;
  /** How many sheets stand in front of it. */
  readonly index: number;
  readonly isLast: boolean;
  readonly signal: AbortSignal | undefined;
}

/**
 * The file is unpacked to its end when the sheet is the last, so that damage is seen, else up to the end of the sheet.
 *
 * @returns whether sheets stand behind the one that should be the last
 * @throws TabularError as the file is read; the reason of the signal
 */
export async function* readSheet(place: SheetPlace, limits: TableLimits): AsyncGenerator<SheetBatch, boolean, void> {
  const { archive, content, signal } = place;
  const parser = new SheetParser(limits, place.index);
  const batches = new RowBatches(limits.rows);
  let unpacked = 0;
  for await (const chunk of archive.stream(content, signal)) {
    unpacked += chunk.length;
    for (const row of parser.push(chunk, false)) {
      for (const rows of batches.add(row)) {
        yield { rows, bytesRead: bytesRead(content, unpacked) };
        signal?.throwIfAborted();
      }
    }
    if (parser.isDone && !place.isLast) break;
  }
  if (place.isLast) parser.push(new Uint8Array(), true);
  const rows = batches.rest();
  if (rows.length > 0) yield { rows, bytesRead: bytesRead(content, unpacked) };
  return parser.hasMore;
}

/** By its share: the file may have been read before, to find the sheets. */
function bytesRead({ compressedSize, size }: ArchiveEntry, unpacked: number): number {
  return size > 0 ? Math.min(compressedSize, Math.round((compressedSize * unpacked) / size)) : 0;
}

/** Gives rows out as often as they are repeated, in batches, never more than one at a time in memory. */
class RowBatches {
  private rows: SheetRow[] = [];
  private cells = 0;
  private given = 0;
  private repeatedCells = 0;

  constructor(private readonly limit: number) {}

  /** @throws TabularError too_many_rows, unpack_ratio_too_high */
  *add({ row, times, cells, kinds }: RepeatedRow): Generator<SheetRow[]> {
    this.count(row, times, cells.length);
    const last = new Row(row + times - 1, cells, kinds);
    for (let time = 0; time < times; time++) {
      // Each has arrays of its own: whoever takes them may change them.
      this.rows.push(time < times - 1 ? copyOf(last, row + time) : last);
      this.cells += cells.length;
      if (this.rows.length >= BATCH_ROWS || this.cells >= BATCH_CELLS) yield this.rest();
    }
  }

  rest(): SheetRow[] {
    const { rows } = this;
    this.rows = [];
    this.cells = 0;
    return rows;
  }

  private count(row: number, times: number, columns: number): void {
    const { limit } = this;
    this.given += times;
    checkRows(this.given, limit);
    const last = row + times - 1;
    if (last > ROWS_OF_A_SHEET) throw new TabularError('too_many_rows', { limit: ROWS_OF_A_SHEET, rows: last });
    this.repeatedCells += (times - 1) * columns;
    const most = limit * REPEATED_CELLS_PER_ROW;
    if (this.repeatedCells > most) {
      throw new TabularError('unpack_ratio_too_high', { limit: most, cells: this.repeatedCells });
    }
  }
}

function copyOf({ cells, kinds }: SheetRow, row: number): SheetRow {
  return new Row(row, [...cells], kinds && [...kinds]);
}
