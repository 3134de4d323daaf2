import type { RowAnswer } from '@muster/contracts';
import type { SettledKey } from './settled-key.js';

export interface CutLimits {
  /** Rows of one chunk. */
  readonly rows: number;
  /** Characters of one chunk, as a measure of its bytes. */
  readonly size: number;
  /** Rows that wait over all reps; beyond it the fullest chunks are cut early. */
  readonly buffered: number;
}

/** Characters that one problem of a row takes, about. */
const SETTLED_SIZE = 100;

export const CUT_LIMITS: CutLimits = { rows: 500, size: 256 * 1024, buffered: 20_000 };

export interface CutChunk {
  readonly repNo: number;
  /** JSON of each row: a text of its own, where the values would hold on to the piece of the file that they came in. */
  readonly rows: string[];
  /** Rows whose outcome is known without asking the owner. */
  readonly settled: RowAnswer[];
  /** Of a sync: JSON of those of them whose keys can be read, with nothing but their keys. */
  readonly standing: string[];
  /** Of a sync: how many of all rows do not say for whom they stand. */
  readonly unreadable: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

interface OpenChunk {
  repNo: number;
  rows: string[];
  settled: RowAnswer[];
  standing: string[];
  unreadable: number;
  size: number;
  firstRow: number;
  lastRow: number;
}

/** Cuts a file into chunks per rep while it goes by, in memory that does not grow with the file. */
export class ChunkCutter {
  private readonly open = new Map<number, OpenChunk>();
  private buffered = 0;

  constructor(private readonly limits: CutLimits = CUT_LIMITS) {}

  /**
   * @param json of the row numbered `row`
   * @param unreadable of a sync: it does not say for whom it stands
   * @returns the chunk that this row filled up
   */
  addRow(repNo: number, row: number, json: string, unreadable = false): CutChunk | undefined {
    const chunk = this.chunkOf(repNo, row);
    chunk.rows.push(json);
    if (unreadable) chunk.unreadable++;
    return this.grow(chunk, row, json.length);
  }

  /** @param key of a sync */
  addSettled(repNo: number, answer: RowAnswer, key?: SettledKey): CutChunk | undefined {
    const chunk = this.chunkOf(repNo, answer.row);
    chunk.settled.push(answer);
    if (key?.kind === 'key') chunk.standing.push(key.json);
    if (key?.kind === 'unreadable') chunk.unreadable++;
    return this.grow(chunk, answer.row, SETTLED_SIZE * (answer.problems?.length ?? 1));
  }

  /** Chunks to write now because too many rows wait: the fullest first, until half of the room is free. */
  relieve(): CutChunk[] {
    if (this.buffered <= this.limits.buffered) return [];
    const fullest = [...this.open.values()].sort((a, b) => rowsOf(b) - rowsOf(a));
    const cut: CutChunk[] = [];
    for (const chunk of fullest) {
      if (this.buffered <= this.limits.buffered / 2) break;
      cut.push(this.close(chunk));
    }
    return cut;
  }

  /** What is left at the end of the file. */
  finish(): CutChunk[] {
    return [...this.open.values()].map((chunk) => this.close(chunk));
  }

  private chunkOf(repNo: number, row: number): OpenChunk {
    let chunk = this.open.get(repNo);
    if (!chunk) {
      chunk = { repNo, rows: [], settled: [], standing: [], unreadable: 0, size: 0, firstRow: row, lastRow: row };
      this.open.set(repNo, chunk);
    }
    return chunk;
  }

  private grow(chunk: OpenChunk, row: number, size: number): CutChunk | undefined {
    chunk.lastRow = row;
    chunk.size += size;
    this.buffered++;
    const full = rowsOf(chunk) >= this.limits.rows || chunk.size >= this.limits.size;
    return full ? this.close(chunk) : undefined;
  }

  private close(chunk: OpenChunk): CutChunk {
    this.open.delete(chunk.repNo);
    this.buffered -= rowsOf(chunk);
    return chunk;
  }
}

function rowsOf(chunk: OpenChunk): number {
  return chunk.rows.length + chunk.settled.length;
}
