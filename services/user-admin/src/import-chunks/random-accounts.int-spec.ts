import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RowAnswer } from '@muster/contracts';
import { sumAccounts, type ChunkRow, type PlannedAccount } from '@muster/import-model';
import { newId } from '@muster/persistence';
import { randomRuns } from '@muster/testing';
import { AbsenteeOrders } from '../test-support/absentee-orders.js';
import { AccountChunkTestbed, type Cell, type ChunkAnswer } from '../test-support/account-chunks.js';
import { randomFile, rowsOf, type RandomFile } from '../test-support/random-accounts.js';
import { AccountLedgers } from './account-ledger.service.js';

/** Random files one after the other, whatever the chunks and their order: a plan, and a run with nothing between. */
describe('imports of accounts', () => {
  let bed: AccountChunkTestbed;

  beforeAll(async () => {
    bed = await AccountChunkTestbed.start();
  });
  afterAll(() => bed?.admin.service.stop());

  type Company = Awaited<ReturnType<AccountChunkTestbed['company']>>;

  async function company(): Promise<Company> {
    const of = await bed.company();
    for (const kind of ['portal', 'person']) {
      const wishes = { kind, email: `${kind}@example.com`, employeeNumber: kind === 'portal' ? 'P1' : 'P2' };
      const made = await bed.admin.createUser(of.token, { ...wishes, hasOwnSchedule: false });
      expect([made.status, made.body]).toMatchObject([201, {}]);
    }
    return of;
  }

  /** Chunks as a file is cut, of the plan or of the run. */
  function orders(of: Company, file: RandomFile, rows: readonly ChunkRow[], settled: readonly ChunkRow[], sync: AbsenteeOrders, dryRun: boolean) {
    const { chunkSize, columns, mode } = file;
    const parts = Array.from({ length: Math.ceil(rows.length / chunkSize) }, (_, n) => rows.slice(n * chunkSize, (n + 1) * chunkSize));
    if (parts.length === 0) parts.push([]);
    const tuple = ({ row, values }: ChunkRow): [number, ...Cell[]] => [row, ...values];
    return parts.map((part, seq) => bed.order(of, [], {
      ...{ importId: sync.importId, seq, dryRun, restorePointId: dryRun ? null : of.point },
      ...(dryRun && mode === 'sync' && { planId: sync.planId }),
      ...(seq === 0 && settled.length > 0 && { settled: settled.map(tuple) }),
      ...{ mode: mode === 'sync' ? ('upsert' as const) : mode, columns: [...columns], options: file.options, rows: part.map(tuple) },
    }));
  } // prettier-ignore

  /** As the import sums a plan up. */
  async function planned(of: Company, answers: readonly RowAnswer[]): Promise<RowAnswer[]> {
    const ledger = await bed.admin.service.app.get(AccountLedgers).of(of.id);
    const accounts = answers.flatMap(({ row, recordId: id, effects }): PlannedAccount[] => (effects ? [{ row, id, effects }] : []));
    const { refused } = sumAccounts(accounts, ledger);
    return answers.map(({ effects: _effects, ...answer }) => {
      const problem = refused.get(answer.row);
      const { row, recordId } = answer;
      return problem ? { row, outcome: 'invalid', ...(recordId !== undefined && { recordId }), problems: [problem] } : answer;
    });
  } // prettier-ignore

  async function ran(order: readonly number[], chunks: ReturnType<typeof orders>): Promise<RowAnswer[]> {
    const inOrder = order.flatMap((seq) => chunks[seq] ?? []);
    const answered = new Map<number, ChunkAnswer>();
    for (const chunk of inOrder) answered.set(chunk.data.seq, await bed.handle(chunk));
    const late = [...answered.values()].filter(({ postponed }) => postponed);
    const [first] = chunks;
    if (late.length > 0 && first) {
      const last = { ...first, id: newId(), data: { ...first.data, rows: [], settled: [], last: true as const } };
      // The plan had as many answers.
      const before = 2 * chunks.length;
      const all = await bed.handleAll(last, before + late.length);
      for (const answer of all.slice(before)) answered.set(answer.seq, answer);
    }
    return [...answered.values()].flatMap(({ answers }) => answers);
  }

  /**
   * Who of too many gets the last licence, and who stays administrator, is decided chunk by chunk. All chunks of a company go one
   * lane, in the order of the file; where nobody is refused so, any other order comes to the same.
   */
  function orderOf(file: RandomFile, plan: readonly Pick<RowAnswer, 'problems'>[]): number[] {
    const scarce = ['licence_exceeded', 'last_administrator'];
    const isShort = plan.some(({ problems = [] }) => problems.some(({ code }) => scarce.includes(code)));
    return isShort ? file.order.toSorted((a, b) => a - b) : [...file.order];
  }

  const byRow = (answers: readonly RowAnswer[]) => answers.toSorted((a, b) => a.row - b.row).map(comparable);

  /** What is new has an id only once it is there. */
  function comparable({ row, outcome, recordId, changes, problems }: RowAnswer) {
    const sorted = (changes ?? []).toSorted((a, b) => (a.field < b.field ? -1 : 1));
    return { row, outcome, recordId: outcome === 'created' ? undefined : recordId, changes: sorted, problems: problems ?? [] };
  } // prettier-ignore

  async function check(of: Company, file: RandomFile): Promise<void> {
    const accounts = await bed.stored(of.id);
    const used = accounts.filter(({ hasOwnSchedule }) => hasOwnSchedule === true).length;
    await bed.admin.change(of.id, 'update company set licences = $2 where id = $1', [of.id, Math.max(2, used + file.spareLicences)]);
    const marked = { ...of, point: await bed.mark(of.scope) };
    const all = rowsOf(file, accounts.map(({ id }) => String(id)));
    const isSync = file.mode === 'sync';
    const settled = isSync ? file.settled.flatMap((place) => all[place] ?? []) : [];
    const rows = all.filter((row) => !settled.includes(row));
    const sync = new AbsenteeOrders(bed, marked);
    const answers: RowAnswer[] = [];
    for (const order of orders(marked, file, rows, settled, sync, true)) answers.push(...(await bed.handle(order)).answers);
    const plan = byRow(await planned(marked, answers));
    expect(plan.map(({ row }) => row)).toEqual(rows.map(({ row }) => row));
    const absent = isSync ? ((await sync.plan()).planned ?? 0) : 0;
    const done = byRow(await ran(orderOf(file, plan), orders(marked, file, rows, settled, sync, false)));
    expect(done).toEqual(plan);
    if (!isSync) return;
    const gone = await sync.run(absent);
    expect(gone.deactivated + gone.passedOver.length).toBe(absent);
  } // prettier-ignore

  it('do with every row what their plan showed', async () => {
    const tried = fc.assert(
      fc.asyncProperty(fc.array(randomFile, { minLength: 4, maxLength: 8 }), async (files) => {
        const of = await company();
        for (const file of files) await check(of, file);
      }),
      randomRuns(6),
    );
    await expect(tried).resolves.toBeUndefined();
  }, 3_600_000);
});
