import type { EntityManager } from 'typeorm';
import type { RowAnswer, RowOutcome, RowProblem } from '@muster/contracts';
import { columnOf, nearParams } from '@muster/import-model';
import { repVerdict, type RepVerdict } from '../assignment/rep-verdict.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import { Readings } from '../reps/readings.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { wasRefused } from '../imports/import-state.js';
import { isOtherwise, shownVerdict, type Fate } from '../plans/changed-since-plan.js';
import { unpackAnswers, unpackRows, type StagedRow } from '../staging/chunk-payload.js';
import type { View } from './view.js';

/** `unprocessed`: nobody has tried the row. */
export type RowFate = RowOutcome | 'unprocessed';

export interface RowResult extends Omit<RowAnswer, 'outcome'> {
  readonly repNo: number;
  readonly outcome: RowFate;
  /** What the plan showed, where the run did otherwise. */
  readonly planned?: Fate;
  /** The row as it was staged; absent for a row that was invalid already in the file. */
  readonly staged?: StagedRow;
}

/** What a refused run counts; the other rows stay as they were. */
const DECIDED: ReadonlySet<RowFate> = new Set(['invalid', 'ignored']);

interface StoredChunk {
  seq: number;
  repNo: number;
  firstRow: number;
  rows: Buffer;
  settled: Buffer | null;
  answers: Buffer | null;
  /** What the plan showed, where an answer, or what was decided of the whole rep, is otherwise. */
  shown: Buffer | null;
  isOtherwise: boolean;
}

export interface RowRange {
  /** Rows after this number only. */
  readonly after: number;
  /** Only such rows matter with which the run did otherwise than the plan showed: some others are left out. */
  readonly changedSincePlan?: boolean | undefined;
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
    private readonly viewOf: (rep: ImportRep) => View,
    private readonly readings = new Readings(job, []),
  ) {
    this.reps = new Map(reps.map((rep) => [rep.no, rep]));
  }

  async *read(range: RowRange): AsyncGenerator<RowResult> {
    const nos = [...this.reps.keys()];
    let last: { firstRow: number; seq: number } | undefined;
    for (;;) {
      const chunks = await this.nextChunks(range, nos, last);
      if (chunks.length === 0) break;
      for (const chunk of chunks) {
        yield* this.release(chunk.firstRow);
        for (const result of await this.resultsOf(chunk))
          if (result.row > range.after) this.waiting.set(result.row, result);
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

  private nextChunks(
    { after, changedSincePlan }: RowRange,
    repNos: readonly number[],
    last: { firstRow: number; seq: number } | undefined,
  ): Promise<StoredChunk[]> {
    const reps = [...this.reps.values()];
    const planned = reps.filter((rep) => this.viewOf(rep) === 'plan').map(({ no }) => no);
    const decided = reps.filter((rep) => this.isDecidedOtherwise(rep)).map(({ no }) => no);
    return this.manager.query<StoredChunk[]>(
      `select seq, rep_no as "repNo", first_row as "firstRow", rows, settled, case when rep_no = any($6::integer[]) then planned else answers end as answers,
              case when other.is_so then planned end as shown, other.is_so as "isOtherwise"
       from import_chunk, lateral (select changed_since_plan > 0 or rep_no = any($7::integer[]) as is_so) other
       where import_id = $1 and last_row > $2 and rep_no = any($3::integer[]) and (other.is_so or not $8)
         and ($4::integer is null or (first_row, seq) > ($4, $5::integer))
       order by first_row, seq limit 32`,
      [
        ...[this.job.id, after, repNos, last?.firstRow ?? null, last?.seq ?? null, planned, decided],
        changedSincePlan ?? false,
      ],
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
    const view = rep ? this.viewOf(rep) : 'untried';
    const fates = fatesOf({ rows, settled }, answers, rep && this.verdictOn(rep, view));
    const results = fates.map((fate) => this.counted({ ...fate, repNo }, view, rep));
    if (!chunk.isOtherwise || !rep || view !== 'run') return results;
    const shownFates = fatesOf({ rows, settled }, await unpackAnswers(chunk.shown), this.shownVerdict(rep));
    return results.map((result, i) => {
      const shown = shownFates[i];
      if (!shown || shown.outcome === 'unprocessed' || result.outcome === 'unprocessed') return result;
      return isOtherwise(shown, result) ? { ...result, planned: shown } : result;
    });
  }

  /** Whether the value names somebody else, or nobody, since the plan that its run followed. */
  private isDecidedOtherwise(rep: ImportRep): boolean {
    if (rep.changedSincePlan === null || this.viewOf(rep) !== 'run') return false;
    return this.shownVerdict(rep)?.outcome !== this.verdictOn(rep, 'run')?.outcome;
  }

  private shownVerdict(rep: ImportRep): RepVerdict | undefined {
    return shownVerdict(rep, this.job.configuration.options.unknownReps);
  }

  /** What all rows of a rep become; it counts for more than answers, which may be of a plan before its status changed. */
  private verdictOn(rep: ImportRep, view: View): Pick<RowResult, 'outcome' | 'problems'> | undefined {
    if (view === 'untried' || rep.status === 'unresolved') return undefined;
    const verdict = repVerdict(rep, this.job.configuration.options.unknownReps);
    const params = { value: rep.value, ...nearParams(rep.similarValue ?? undefined) };
    return verdict && { outcome: verdict.outcome, problems: [{ code: verdict.code, params }] };
  }

  /** The outcome is the one that the import's counters say, whatever else is known of the row. */
  private counted(result: RowResult, view: View, rep: ImportRep | undefined): RowResult {
    const counts = view !== 'untried' && (!wasRefused(this.job) || DECIDED.has(result.outcome));
    const { problems } = result;
    const placed = problems ? { ...result, problems: problems.map((one) => this.placed(one, rep)) } : result;
    return counts ? placed : { ...placed, outcome: 'unprocessed' };
  }

  /** Owners know fields; people know the columns of their file. */
  private placed(problem: RowProblem, rep: ImportRep | undefined): RowProblem {
    const { configuration } = rep ? this.readings.of(rep) : this.job;
    const column = columnOf(problem, configuration);
    return column === undefined ? problem : { ...problem, column };
  }
}

/** What becomes of each row of a chunk. @param verdict on all of them, whatever was answered */
function fatesOf(
  { rows, settled }: { rows: readonly StagedRow[]; settled: readonly RowAnswer[] },
  answers: readonly RowAnswer[],
  verdict: Pick<RowResult, 'outcome' | 'problems'> | undefined,
): Omit<RowResult, 'repNo'>[] {
  const answerOf = new Map(answers.map((answer) => [answer.row, answer]));
  return [
    // What is wrong with a row itself says more than that its rep is unknown.
    ...settled.map((answer) => ({ ...answer, ...(verdict?.outcome === 'ignored' && verdict) })),
    ...rows.map((staged): Omit<RowResult, 'repNo'> => {
      const [row] = staged;
      return { outcome: 'unprocessed', ...(verdict ?? answerOf.get(row)), row, staged };
    }),
  ];
}
