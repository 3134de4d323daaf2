import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { isBlank, TabularError, type SheetRow } from '@muster/tabular';
import type { Original } from './original.js';
import { partBody } from './part-body.js';

/** What one part may hold. */
export interface PartLimits {
  /** Data rows. */
  readonly rows: number;
  readonly bytes: number;
}

/** One file of the series. */
export interface CutPart {
  readonly part: number;
  readonly file: Blob;
  /** Has the digest of what is in it, unless it is the original itself. */
  readonly fileName: string;
  readonly isWhole: boolean;
  /** Data rows. */
  readonly rows: number;
  /** What is added to its row numbers to have those of the original. */
  readonly rowOffset: number;
  /** How it is read, as the form of a part says it. */
  readonly fields: Readonly<Record<string, string | number>>;
}

/** Where a part is full: one more row must not lead beyond what it may hold. */
const FULL = 0.9;

/** A file that fits is one part, as it is. @throws TabularError */
export async function* cutFile(original: Original, limits: PartLimits, signal?: AbortSignal): AsyncGenerator<CutPart> {
  const head: SheetRow[] = [];
  let open: OpenPart | undefined;
  let openEnd: number | undefined;
  for await (const batch of original.table.read({ sheet: original.sheet || undefined, signal })) {
    for (const row of batch.rows) {
      if (row.row < original.firstDataRow) head.push(row);
      else if (!isBlank(row.cells)) {
        if (open?.isFull(limits)) {
          yield await open.finish();
          open = new OpenPart(original, open.part + 1, head, row.row);
        }
        open ??= new OpenPart(original, 1, head, row.row);
        await open.add(row);
      }
    }
    openEnd = batch.openEnd;
  }
  if (!open) throw new TabularError('no_data_rows');
  const isWhole = open.part === 1 && original.bytes <= limits.bytes && open.rows <= limits.rows;
  yield isWhole ? await wholeFile(original, open.rows) : await open.finish(openEnd);
}

/** The file itself, byte for byte. */
async function wholeFile({ path, name: fileName }: Original, rows: number): Promise<CutPart> {
  return { part: 1, file: await openAsBlob(path), fileName, isWhole: true, rows, rowOffset: 0, fields: {} };
}

/** Has all rows above the data where they were, and its rows with the same blank ones between them. */
class OpenPart {
  rows = 0;
  private readonly rowOffset: number;
  private readonly digest = createHash('sha256');
  private readonly body;

  constructor(
    private readonly original: Original,
    readonly part: number,
    private readonly head: readonly SheetRow[],
    firstRow: number,
  ) {
    this.rowOffset = firstRow - original.firstDataRow;
    this.body = partBody(original);
  }

  isFull({ rows, bytes }: PartLimits): boolean {
    return this.rows >= rows || this.body.size >= bytes * FULL;
  }

  async add(row: SheetRow): Promise<void> {
    if (this.rows === 0) for (const above of this.head) await this.write(above);
    await this.write({ ...row, row: row.row - this.rowOffset });
    this.rows++;
  }

  async finish(openEnd?: number): Promise<CutPart> {
    const { original, part, rows, rowOffset } = this;
    const { name, format, headerRow, sheet, csv, encoding = 'utf-8' } = original;
    const file = await this.body.finish(openEnd);
    const digest = this.digest
      .update(JSON.stringify([rowOffset, openEnd ?? null]))
      .digest('hex')
      .slice(0, 16);
    const fileName = `${name.replace(/\.[^.]*$/, '')}-${part}-${digest}.${format}`;
    const fields = { rowOffset, headerRow, ...(csv ? { encoding, delimiter: csv.delimiter } : { sheet }) };
    return { part, file, fileName, isWhole: false, rows, rowOffset, fields };
  }

  private write(row: SheetRow): void | Promise<void> {
    this.digest.update(JSON.stringify([row.row, row.cells, row.kinds ?? null]));
    return this.body.add(row);
  }
}
