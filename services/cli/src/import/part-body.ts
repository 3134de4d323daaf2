import { Writable } from 'node:stream';
import {
  createTableWriter,
  encodeCsvText,
  formatCsvRow,
  type CsvEncoding,
  type SheetRow,
  type TableFormat,
} from '@muster/tabular';
import type { Original } from './original.js';

/** A part while it is being written, in memory: nothing of what it holds is left on the disk when the process dies. */
export interface PartBody {
  /** Bytes so far, or somewhat more. */
  readonly size: number;
  /** @param row with its number in the part, above that of the row before */
  add(row: SheetRow): void | Promise<void>;
  /** @param openEnd the original ends with the last row, which has so many cells and no line end */
  finish(openEnd?: number): Promise<Blob>;
}

const CHUNK = 1 << 16;
const LINE_END = '\r\n';

/** As the original is written: what a configuration says about that holds for the parts. */
export function partBody({ format, csv, sheet, encoding }: Original): PartBody {
  if (format !== 'csv') return new WorkbookBody(format, sheet);
  const written = (encoding ?? 'utf-8') as CsvEncoding;
  return new CsvBody(csv?.delimiter ?? ',', written, encoding === undefined);
}

class CsvBody implements PartBody {
  size = 0;
  private readonly chunks: Buffer[] = [];
  private text: string;
  private row = 0;
  private last: readonly string[] = [];

  /** @param isMarked with a byte order mark, beyond doubt */
  constructor(
    private readonly delimiter: string,
    private readonly encoding: CsvEncoding,
    isMarked: boolean,
  ) {
    this.text = isMarked ? '\uFEFF' : '';
  }

  /** Rows that are left out are blank records: the numbers of rows count records. */
  add({ row, cells }: SheetRow): void {
    this.text += this.lastLine() + LINE_END.repeat(Math.max(row - this.row - 1, 0));
    this.row = row;
    this.last = cells;
    if (this.text.length >= CHUNK) this.flush();
  }

  async finish(openEnd?: number): Promise<Blob> {
    this.text += this.lastLine(openEnd);
    this.flush();
    return blobOf(this.chunks);
  }

  /** A row whose end is missing looks cut off to whoever reads it; so it does in its part. */
  private lastLine(openEnd?: number): string {
    if (this.row === 0) return '';
    const { last, delimiter } = this;
    if (openEnd === undefined) return formatCsvRow(last, { delimiter });
    const line = formatCsvRow([...last, ...Array<string>(Math.max(openEnd - last.length, 0)).fill('')], { delimiter });
    return line.slice(0, -LINE_END.length);
  }

  private flush(): void {
    const bytes = encodeCsvText(this.text, this.encoding);
    this.text = '';
    this.size += bytes.length;
    this.chunks.push(bytes);
  }
}

/** Rows that are handed on together. */
const ROWS = 500;
/** A packed cell takes less than its text and this, whatever it holds. */
const CELL_BYTES = 8;

class WorkbookBody implements PartBody {
  size = 0;
  private rows: SheetRow[] = [];
  private readonly chunks: Buffer[] = [];
  private readonly writer: ReturnType<typeof createTableWriter>;

  constructor(format: TableFormat, sheetName: string) {
    const { chunks } = this;
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(Buffer.from(chunk));
        done();
      },
    });
    this.writer = createTableWriter(format, output, { sheetName });
    // Whoever writes a row learns of it.
    this.writer.catch(() => undefined);
  }

  add(row: SheetRow): void | Promise<void> {
    for (const cell of row.cells) this.size += Buffer.byteLength(cell) + CELL_BYTES;
    if (this.rows.push(row) === ROWS) return this.flush();
  }

  async finish(): Promise<Blob> {
    await this.flush();
    await (await this.writer).end();
    return blobOf(this.chunks);
  }

  private async flush(): Promise<void> {
    const { rows } = this;
    this.rows = [];
    await (await this.writer).write(rows);
  }
}

function blobOf(chunks: readonly Buffer[]): Blob {
  return new Blob(chunks.map((chunk) => new Uint8Array(chunk)));
}
