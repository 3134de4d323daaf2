import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROW_OUTCOMES, type RowOutcome } from '@muster/contracts';
import { errorLimit } from '@muster/import-model';
import { PATIENT, randomRuns } from '@muster/testing';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration } from '../test-support/import-service.js';
import { ANN, Assistant, BEN, NONE } from '../test-support/rep-by-rep.js';

const NOBODY = 'nobody@example.com';
const REPS = [ANN, ANN, BEN, BEN, NOBODY, ''] as const;
type Fate = RowOutcome | 'unprocessed';

interface RandomRow {
  readonly rep: string;
  /** Rows of one rep that share it are invalid, and so is one with a blank. */
  readonly key: string;
  /** What its owner says. */
  readonly says: RowOutcome;
}

interface RandomRun {
  readonly rows: readonly RandomRow[];
  readonly errorPolicy: 'validOnly' | 'allOrNothing';
  readonly maxErrors: number | string | undefined;
  readonly unknownReps: 'refuse' | 'ignore';
  readonly exclude: readonly string[];
  /** Somebody looks at the plan before. */
  readonly planFirst: boolean;
  readonly times: number;
}

const randomRow = fc.record({
  rep: fc.constantFrom(...REPS),
  key: fc.oneof({ weight: 8, arbitrary: fc.nat({ max: 60 }).map(String) }, { weight: 1, arbitrary: fc.constant('a b') }),
  says: fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...ROW_OUTCOMES) }, { weight: 6, arbitrary: fc.constantFrom('created' as const, 'unchanged' as const) }),
}); // prettier-ignore

const FIRST: RandomRow = { rep: ANN, key: 'first', says: 'created' };

const randomRun: fc.Arbitrary<RandomRun> = fc.record({
  // Without a row for anybody there is no run.
  rows: fc.array(randomRow, { maxLength: 25 }).map((rows) => [FIRST, ...rows]),
  errorPolicy: fc.constantFrom('validOnly', 'allOrNothing'),
  maxErrors: fc.constantFrom(undefined, undefined, 0, 2, '10 %', '50 %'),
  unknownReps: fc.constantFrom('refuse', 'ignore'),
  exclude: fc.constantFrom([], [], [BEN]),
  planFirst: fc.boolean(),
  times: fc.constantFrom(1, 2),
});

/** What is known of a row without its owner; undefined: nothing. */
function decided({ rows, unknownReps, exclude }: RandomRun, { rep, key }: RandomRow): RowOutcome | undefined {
  if (exclude.includes(rep) || (rep === NOBODY && unknownReps === 'ignore')) return 'ignored';
  if (rep === NOBODY || rep === '' || key.includes(' ')) return 'invalid';
  return rows.filter((other) => other.rep === rep && other.key === key).length > 1 ? 'invalid' : undefined;
}

const isError = (fate: Fate) => fate === 'invalid' || fate === 'failed';

/** How section 4 of the reference says that it ends. */
function expected(run: RandomRun): { plan: Fate[]; fates: Fate[]; state: string; problem: string | undefined } {
  const known = run.rows.map((row) => decided(run, row));
  const all = run.rows.map((row, i): Fate => known[i] ?? row.says);
  if (run.errorPolicy === 'allOrNothing' && all.some(isError)) {
    const fates = all.map((fate) => (fate === 'invalid' || fate === 'ignored' ? fate : 'unprocessed'));
    return { plan: all, fates, state: 'failed', problem: 'rows_invalid' };
  }
  const before = known.map((fate): Fate => fate ?? 'unprocessed');
  const limit = run.maxErrors === undefined ? Infinity : errorLimit(run.maxErrors, run.rows.length);
  const stops = before.filter(isError).length > limit;
  if (stops) return { plan: all, fates: before, state: 'aborted', problem: 'too_many_errors' };
  // So few rows are all under way before the first answer.
  if (all.filter(isError).length > limit) return { plan: all, fates: all, state: 'aborted', problem: 'too_many_errors' };
  return { plan: all, fates: all, state: all.some(isError) ? 'completedWithErrors' : 'completed', problem: undefined };
} // prettier-ignore

function counted(fates: readonly Fate[]) {
  const counters: Record<string, number> = { ...NONE, read: fates.length };
  for (const fate of fates) counters[fate] = (counters[fate] ?? 0) + 1;
  return counters;
}

/** Random files and options against the reference: the plan, the run, and what is told of each row, add up. */
describe('imports of records, whatever their rows and options', () => {
  let assistant: Assistant;

  beforeAll(async () => {
    assistant = await Assistant.start();
    assistant.owners.decide = (_row, _order, { name1 }) => ROW_OUTCOMES.find((outcome) => outcome === name1);
  });
  afterAll(() => assistant?.stop());

  async function done({ rows, exclude, planFirst, ...options }: RandomRun): Promise<ImportDto> {
    const { errorPolicy, maxErrors, unknownReps, times } = options;
    assistant.owners.times = times;
    const file = ['Id,Name,Rep', ...rows.map(({ key, says, rep }) => `${key},${says},${rep}`)].join('\r\n');
    const config = customersConfiguration({
      options: { errorPolicy, unknownReps, ...(maxErrors !== undefined && { maxErrors }) },
      userMapping: { by: 'email', SourceFieldID: 'Rep', exclude },
    });
    const begun = await assistant.imports.importFile(file, config, planFirst ? 'plan' : 'run');
    if (planFirst) {
      expect(begun).toMatchObject({ state: 'planned', plan: counted(expected({ rows, exclude, planFirst, ...options }).plan) });
      expect((await assistant.post(begun, 'run')).status).toBe(202);
    }
    return expect.poll(async () => {
      const job = await assistant.read(begun);
      return ['planned', 'running', 'planning'].includes(job.state) ? undefined : job;
    }, PATIENT).toBeDefined().then(() => assistant.read(begun));
  } // prettier-ignore

  async function check(run: RandomRun): Promise<void> {
    const { fates, state, problem } = expected(run);
    const job = await done(run);
    expect([job.state, job.problem?.code]).toEqual([state, problem]);
    expect(job.counters).toEqual(counted(fates));
    // What is refused, or stops, before the first row is handed to anybody needs no point; the first row is somebody's.
    expect(job.restorePointId !== null).toBe(state !== 'failed' && fates[0] !== 'unprocessed');

    const rows = await assistant.rowsOf(job, 'limit=500');
    expect(rows.map(({ row, outcome }) => [row, outcome])).toEqual(fates.map((fate, i) => [i + 2, fate]));
    for (const { value, counters } of await assistant.repsOf(job)) {
      const own = fates.filter((_, i) => run.rows[i]?.rep === value);
      expect([value, counters]).toEqual([value, counted(own)]);
    }
    const kinds = [['created', 'updated', 'unchanged'], ['ignored', 'invalid', 'failed'], ['unprocessed']];
    const files = await assistant.filesOf(job);
    expect(files.map((lines) => lines.length)).toEqual(
      kinds.map((kind) => fates.filter((fate) => kind.includes(fate)).length),
    );
  }

  it('end as the reference says, and count every row once', async () => {
    const tried = fc.assert(fc.asyncProperty(randomRun, check), randomRuns(12));
    await expect(tried).resolves.toBeUndefined();
  }, 3_600_000);
});
