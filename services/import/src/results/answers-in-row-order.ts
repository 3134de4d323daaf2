import type { EntityManager } from 'typeorm';
import type { RowAnswer, RowOutcome } from '@muster/contracts';
import { repVerdict } from '../assignment/rep-verdict.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { unpackAnswers, unpackRows, type StagedRow } from '../staging/chunk-payload.js';

/** `unprocessed`: nobody has tried the row. */
export type RowFate = RowOutcome | 'unprocessed';

export interface RowResult extends Omit<RowAnswer, 'outcome'> {
  readonly repNo: number;
  readonly outcome: RowFate;
  /** The row as it was staged; absent for a row that was invalid already in the file. */
  readonly staged?: StagedRow;
}

const WRITTEN: ReadonlySet<RowFate> = new Set(['created', 'updated', 'unchanged']);

interface StoredChunk {
  seq: number;
  repNo: number;
  firstRow: number;
  rows: Buffer;
  settled: Buffer | null;
  answers: Buffer | null;
}

export interface RowRange {
  /** Rows after this number only. */
  readonly after: number;
  readonly repNo?: number | undefined;
}

/**
 * Every row of an import with what became of it, or would become of it by the plan, in the order of the file. Chunks are
 * merged as they overlap, so that memory holds no more than the rows that waited while the file was cut.
 */
export class AnswersInRowOrder {
  private readonly waiting = new Map<number, RowResult>();
  private readonly reps: ReadonlyMap<number, ImportRep>;

  constructor(
    private readonly manager: EntityManager,
    private readonly job: ImportJob,
    reps: readonly ImportRep[],
    private readonly view: 'plan' | 'run',
  ) {
    this.reps = new Map(reps.map((rep) => [rep.no, rep]));
  }

  /** The plan said that not all rows are valid, and all or nothing was asked for. */
  private get refused(): boolean {
    return this.view === 'plan' && this.job.state === 'failed';
  }

  async *read({ after, repNo }: RowRange): AsyncGenerator<RowResult> {
    let last: { firstRow: number; seq: number } | undefined;
    for (;;) {
      const chunks = await this.nextChunks(after, repNo, last);
      if (chunks.length === 0) break;
      for (const chunk of chunks) {
        yield* this.release(chunk.firstRow);
        for (const result of await this.resultsOf(chunk)) if (result.row > after) this.waiting.set(result.row, result);
        last = chunk;
      }
    }
    yield* this.release(Infinity);
  }

  /** Rows below `row` are complete: no later chunk begins before it. */
  private *release(row: number): Generator<RowResult> {
    const ready = [...this.waiting.keys()].filter((number) => number < row).sort((a, b) => a - b);
    for (const number of ready) {
      const result = this.waiting.get(number);
      this.waiting.delete(number);
      if (result) yield result;
    }
  }

  private nextChunks(after: number, repNo: number | undefined, last: { firstRow: number; seq: number } | undefined) {
    const column = this.view === 'plan' ? 'planned' : 'answers';
    return this.manager.query<StoredChunk[]>(
      `select seq, rep_no as "repNo", first_row as "firstRow", rows, settled, ${column} as answers from import_chunk
       where import_id = $1 and last_row > $2 and ($3::integer is null or rep_no = $3)
         and ($4::integer is null or (first_row, seq) > ($4, $5::integer))
       order by first_row, seq limit 32`,
      [this.job.id, after, repNo ?? null, last?.firstRow ?? null, last?.seq ?? null],
    );
  }

  private async resultsOf(chunk: StoredChunk): Promise<RowResult[]> {
    const [rows, settled, answers] = await Promise.all([
      unpackRows(chunk.rows),
      unpackAnswers(chunk.settled),
      unpackAnswers(chunk.answers),
    ]);
    const { repNo } = chunk;
    const rep = this.reps.get(repNo);
    const { unknownReps } = this.job.configuration.options;
    const verdict = rep && rep.status !== 'unresolved' ? repVerdict(rep, unknownReps) : undefined;
    const tried = this.view === 'plan' ? this.job.plan !== null : this.job.startedAt !== null;
    const verdictOf = (row: number): RowResult => {
      if (!verdict || !tried) return { row, repNo, outcome: 'unprocessed' };
      const problem = { code: verdict.code, params: { value: rep?.value ?? '' } };
      return { row, repNo, outcome: verdict.outcome, problems: [problem] };
    };
    const answerOf = new Map(answers.map((answer) => [answer.row, answer]));
    return [
      ...settled.map((answer) => (verdict?.outcome === 'ignored' ? verdictOf(answer.row) : { ...answer, repNo })),
      ...rows.map((staged) => {
        const result = { ...verdictOf(staged[0]), ...answerOf.get(staged[0]), repNo, staged };
        return this.refused && WRITTEN.has(result.outcome) ? { ...result, outcome: 'unprocessed' as const } : result;
      }),
    ];
  }
}
