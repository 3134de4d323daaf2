import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import { AccountChunkTestbed, key, overwrite, told, type Cell } from '../test-support/account-chunks.js';

const NUMBERS = { columns: [key('email'), overwrite('employeeNumber')], mode: 'update' as const };
const mail = (name: string) => `${name}@example.com`;

describe('rows that need what other rows of the file give', () => {
  let bed: AccountChunkTestbed;

  beforeAll(async () => {
    bed = await AccountChunkTestbed.start();
  });
  afterAll(() => bed?.admin.service.stop());

  type Overrides = Parameters<AccountChunkTestbed['order']>[2];
  type Company = Awaited<ReturnType<AccountChunkTestbed['company']>>;

  /** Accounts `a`, `b` ... without schedules, with these numbers. */
  async function people(of: Company, numbers: readonly string[]): Promise<void> {
    const rows = numbers.map((number, i): Cell[] => [mail(String.fromCharCode(97 + i)), 'F', 'L', number, false]);
    await bed.handle(bed.order(of, rows));
  }

  /** The last order, twice. @throws Error when the repeat is answered otherwise */
  async function runLast(of: Company, importId: string, chunks: number, late: number, overrides: Overrides) {
    const last = bed.order(of, [], { importId, seq: 0, last: true, ...overrides });
    const first = (await bed.handleAll(last, chunks + late)).slice(chunks);
    const again = (await bed.handleAll({ ...last, id: newId() }, chunks + 2 * late)).slice(chunks + late);
    if (JSON.stringify(again) !== JSON.stringify(first)) throw new Error('A repeat was answered otherwise');
    return first;
  }

  /** Runs chunks of one import, then the last order when it is needed. @returns what became of the rows, in their order */
  async function run(of: Company, chunks: readonly Cell[][][], overrides: Overrides = {}) {
    const importId = newId();
    const orders = chunks.map((rows, seq) => bed.order(of, rows, { importId, seq, ...overrides }));
    const answers = [];
    for (const order of orders) answers.push(await bed.handle(order));
    const postponed = answers.filter((answer) => answer.postponed);
    const rows = answers.flatMap((answer) => (answer.postponed ? [] : answer.answers));
    const late = postponed.length > 0 ? await runLast(of, importId, chunks.length, postponed.length, overrides) : [];
    rows.push(...late.flatMap((answer) => answer.answers));
    return {
      told: told(rows.sort((a, b) => a.row - b.row)),
      postponed: answers.map((answer) => answer.postponed ?? []),
    };
  }

  const numbersOf = async (of: Company) =>
    (await bed.stored(of.id)).filter(({ level }) => level !== 2).map(({ employeeNumber }) => employeeNumber);

  it('exchange numbers within a chunk at once', async () => {
    const of = await bed.company();
    await people(of, ['1', '2']);
    const result = await run(
      of,
      [
        [
          [mail('a'), '2'],
          [mail('b'), '1'],
        ],
      ],
      NUMBERS,
    );
    expect(result).toEqual({ told: ['2 updated', '3 updated'], postponed: [[]] });
    expect(await numbersOf(of)).toEqual(['2', '1']);
  });

  it('exchange numbers across chunks, once', async () => {
    const of = await bed.company();
    await people(of, ['1', '2']);
    const result = await run(of, [[[mail('a'), '2']], [[mail('b'), '1']]], NUMBERS);
    expect(result).toEqual({ told: ['2 updated', '102 updated'], postponed: [[2], [102]] });
    expect(await numbersOf(of)).toEqual(['2', '1']);
    expect((await bed.stored(of.id)).filter(({ level }) => level !== 2).map(({ version }) => version)).toEqual([2, 2]);
  });

  it('follow each other in a chain, in whatever order the chunks come', async () => {
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
    ]) {
      const of = await bed.company();
      await people(of, ['1', '2', '3']);
      const rows = [
        [mail('a'), '2'],
        [mail('b'), '3'],
        [mail('c'), '4'],
      ];
      const result = await run(
        of,
        order.map((i) => [rows[i] ?? []]),
        NUMBERS,
      );
      expect(result.told.map((text) => text.split(' ')[1])).toEqual(['updated', 'updated', 'updated']);
      expect(await numbersOf(of)).toEqual(['2', '3', '4']);
    }
  });

  it('are invalid where a chain does not end well, and nothing of it is half done', async () => {
    const of = await bed.company();
    await people(of, ['1', '2', '3', '4']);
    // d keeps 4, so that c, b and a cannot move on.
    const rows: Cell[][][] = [[[mail('a'), '2']], [[mail('b'), '3']], [[mail('c'), '4']]];
    expect((await run(of, rows, NUMBERS)).told).toEqual([
      '2 invalid value_taken employeeNumber',
      '102 invalid value_taken employeeNumber',
      '202 invalid value_taken employeeNumber',
    ]);
    expect(await numbersOf(of)).toEqual(['1', '2', '3', '4']);
  });

  it('give a number to somebody new', async () => {
    const of = await bed.company();
    await people(of, ['1']);
    const result = await run(of, [[[mail('new'), 'N', 'N', '1', false]], [[mail('a'), 'F', 'L', '9', false]]]);
    expect(result).toEqual({ told: ['2 created', '102 updated'], postponed: [[2], []] });
    expect(await numbersOf(of)).toEqual(['9', '1']);
  });

  it('take licences in the order of the file, those first that the file frees', async () => {
    const of = await bed.company({ licences: 3 });
    const used = (await bed.stored(of.id)).filter(({ hasOwnSchedule }) => hasOwnSchedule).length;
    expect(used).toBe(0);
    const holders = ['a', 'b'].map((name): Cell[] => [mail(name), 'F', 'L', null, true]);
    expect((await run(of, [holders])).told).toEqual(['2 created', '3 created']);
    const more = (names: string[]) => names.map((name): Cell[] => [mail(name), 'F', 'L', null, true]);
    const freeing: Cell[] = [mail('a'), 'F', 'L', null, false];
    const result = await run(of, [more(['m', 'n']), [freeing, ...more(['o', 'p'])]], {
      options: { allowScheduleRemoval: true },
    });
    expect(result.told).toEqual([
      '2 created',
      '3 created',
      '102 updated',
      '103 invalid licence_exceeded hasOwnSchedule',
      '104 invalid licence_exceeded hasOwnSchedule',
    ]);
  });

  it('keep their licence while they wait for something else', async () => {
    const of = await bed.company({ licences: 1 });
    await people(of, ['1']);
    // The first row waits for the number 1; the licence is its own all the same.
    const result = await run(of, [
      [[mail('first'), 'F', 'L', '1', true]],
      [[mail('second'), 'F', 'L', '2', true]],
      [[mail('a'), 'F', 'L', '3', false]],
    ]);
    expect(result.told).toEqual(['2 created', '102 invalid licence_exceeded hasOwnSchedule', '202 updated']);
  });

  it('are planned as if they had what they need, with what they mean to the others', async () => {
    const of = await bed.company();
    await people(of, ['1', '2']);
    const dry = { dryRun: true, restorePointId: null, options: { allowScheduleRemoval: true } } as const;
    const stored = await bed.stored(of.id);
    const idOf = (name: string) => stored.find(({ email }) => email === mail(name))?.['id'];
    const rows: Cell[][] = [
      [mail('a'), 'F', 'L', '2', true],
      [mail('new'), 'F', 'L', '1', true],
      [mail('b'), 'F', 'L', '2', false],
    ];
    const { answers } = await bed.handle(bed.order(of, rows, dry));
    expect(told(answers)).toEqual(['2 updated', '3 created', '4 unchanged']);
    expect(answers.map(({ effects }) => effects)).toEqual([
      { licences: 1, gives: ['employeeNumber'], needs: [{ field: 'employeeNumber', heldBy: idOf('b') }] },
      { licences: 1, needs: [{ field: 'employeeNumber', heldBy: idOf('a') }] },
      undefined,
    ]);
    const admin = await bed.handle(
      bed.order(of, [['Admin@example.com', '1', false]], {
        ...dry,
        columns: [key('email'), overwrite('authorizationLevel'), overwrite('loginEnabled')],
      }),
    );
    expect(admin.answers).toMatchObject([
      { outcome: 'updated', effects: { administrators: -1, deactivates: true, demotes: true } },
    ]);
  });

  it.each(['aborted', 'failed'] as const)('still wait where the import is %s, until it is resumed and ends', async (state) => {
    const of = await bed.company();
    await people(of, ['1', '2']);
    const importId = newId();
    const chunks = [[[mail('a'), '2'], [mail('new'), '7']], [[mail('b'), '1']]];
    const orders = chunks.map((rows, seq) => bed.order(of, rows, { importId, seq, ...NUMBERS }));
    const [first] = orders;
    if (!first) throw new Error('There is no order');
    expect((await bed.handle(first)).postponed).toEqual([2]);
    for (const order of orders.slice(1)) await bed.handle(order);
    await bed.ended(first, state);
    // The next restore point is that of the resumed run.
    const point = await bed.mark(of.scope);
    const late = await runLast({ ...of, point }, importId, 2, 2, NUMBERS);
    expect(late.map(({ answers }) => told(answers))).toEqual([['2 updated', '3 ignored key_not_found email'], ['102 updated']]);
    expect(await numbersOf(of)).toEqual(['2', '1']);
    expect((await bed.results(first)).every(({ ids }) => ids > 0)).toBe(true);
    await bed.ended(first, 'completed');
    expect(await bed.results(first)).toEqual([0, 1].map((seq) => ({ seq, answers: '[]', postponed: null, ids: 0 })));
  }); // prettier-ignore

  it('leave the last administrator, by the state at the end', async () => {
    const of = await bed.company();
    const LEVELS = { columns: [key('email'), overwrite('authorizationLevel')], mode: 'update' as const };
    await people(of, ['1', '2']);
    const admin = 'Admin@example.com';
    const passed = await run(of, [[[admin, '0']], [[mail('a'), '2']]], LEVELS);
    expect(passed).toEqual({ told: ['2 updated', '102 updated'], postponed: [[2], []] });
    const refused = await run(of, [[[mail('a'), '1']]], LEVELS);
    expect(refused.told).toEqual(['2 invalid last_administrator authorizationLevel']);
    await bed.handle(bed.order(of, [[mail('b'), '2']], LEVELS));
    const later = await run(of, [[[mail('a'), '1']], [[mail('b'), '1']]], LEVELS);
    expect(later.told).toEqual(['2 updated', '102 invalid last_administrator authorizationLevel']);
  });
});
