import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { userCreated, userScheduleRemoved, userUpdated } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { AccountChunkTestbed, keep, key, overwrite, told, type Cell } from '../test-support/account-chunks.js';

describe('work orders about accounts', () => {
  let bed: AccountChunkTestbed;

  beforeAll(async () => {
    bed = await AccountChunkTestbed.start();
  });
  afterAll(() => bed?.admin.service.stop());

  const anna: Cell[] = ['anna@example.com', 'Anna', 'Berger', '007', true];
  const bob: Cell[] = ['bob@example.com', 'Bob', 'Huber', '0010', false];
  const without = (accounts: Record<string, unknown>[]) => accounts.filter(({ level }) => level !== 2);

  it('create, then find nothing to do, then update; nothing changes, nothing is told', async () => {
    const of = await bed.company();
    const first = bed.order(of, [anna, bob]);
    const created = await bed.handle(first);
    expect(told(created.answers)).toEqual(['2 created', '3 created']);
    const stored = without(await bed.stored(of.id));
    expect(stored).toMatchObject([
      {
        email: 'anna@example.com',
        employeeNumber: '007',
        hasOwnSchedule: true,
        username: 'anna',
        version: 1,
        level: 0,
      },
      { email: 'bob@example.com', employeeNumber: '0010', hasOwnSchedule: false, loginEnabled: true },
    ]);
    expect(created.answers.map(({ recordId }) => recordId)).toEqual(stored.map(({ id }) => id));
    expect(await bed.logged(of.id, first.data.importId)).toBe(2);

    const again = bed.order(of, [['ANNA@example.com', ...anna.slice(1)], bob]);
    expect(told((await bed.handle(again)).answers)).toEqual(['2 unchanged', '3 unchanged']);
    expect(await bed.logged(of.id, again.data.importId)).toBe(0);

    const changed = await bed.handle(bed.order(of, [['anna@example.com', 'Anne', 'Berger', null, null], bob]));
    expect(changed.answers[0]).toMatchObject({
      outcome: 'updated',
      changes: [
        { field: 'displayName', from: 'Anna Berger', to: 'Anne Berger' },
        { field: 'firstName', from: 'Anna', to: 'Anne' },
      ],
    });
    await vi.waitFor(() => {
      const updates = bed.admin.service.events(userUpdated).filter(({ companyId }) => companyId === of.id);
      expect(updates.map(({ data }) => data.changed)).toEqual([['displayName', 'firstName']]);
      expect(bed.admin.service.events(userCreated).filter(({ companyId }) => companyId === of.id)).toHaveLength(3);
    }, PATIENT);
  });

  it('say in the audit log that an import did it', async () => {
    const of = await bed.company();
    const order = bed.order(of, [anna]);
    await bed.handle(order);
    const log = await bed.admin.call('GET', `/v1/audit-log?cause=import:${order.data.importId}`, { token: of.token });
    expect(log.body['items']).toMatchObject([
      { action: 'created', how: { type: 'import', text: `Import ${order.data.importId}` } },
    ]);
  });

  it('are applied once that come three times, and answered alike', async () => {
    const of = await bed.company();
    const order = bed.order(of, [anna, bob]);
    const answers = [await bed.handle(order), await bed.handle(order), await bed.handle({ ...order, id: newId() })];
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
    expect(await bed.logged(of.id, order.data.importId)).toBe(2);
  });

  it('are planned without writing, groups neither, and the run does what was planned', async () => {
    const of = await bed.company();
    const columns = [key('email'), ...['firstName', 'lastName', 'userGroups'].map((field) => overwrite(field))];
    const rows: Cell[][] = [
      ['anna@example.com', 'Anna', 'Berger', 'North;South'],
      ['bob@example.com', 'Bob', 'Huber', 'north'],
    ];
    const options = { unknownGroups: 'create' } as const;
    const planned = await bed.handle(bed.order(of, rows, { columns, options, dryRun: true, restorePointId: null }));
    expect(told(planned.answers)).toEqual(['2 created', '3 created']);
    expect(without(await bed.stored(of.id))).toEqual([]);
    const groups = async () => (await bed.admin.call('GET', '/v1/user-groups', { token: of.token })).body['items'];
    expect(await groups()).toEqual([]);

    expect(told((await bed.handle(bed.order(of, rows, { columns }))).answers)).toEqual([
      '2 invalid unknown_group userGroups unknown_group userGroups',
      '3 invalid unknown_group userGroups',
    ]);
    expect(await groups()).toEqual([]);
    expect(told((await bed.handle(bed.order(of, rows, { columns, options }))).answers)).toEqual([
      '2 created',
      '3 created',
    ]);
    expect(await groups()).toMatchObject([
      { name: 'North', members: 2 },
      { name: 'South', members: 1 },
    ]);
    const [row] = (await bed.handle(bed.order(of, [['anna@example.com', 'Anna', 'Berger', 'SOUTH']], { columns })))
      .answers;
    expect(row?.changes).toEqual([
      { field: 'userGroups', from: expect.stringMatching(/North;South|South;North/), to: 'South' },
    ]);
  });

  it('find accounts by id, by number, and by several fields together', async () => {
    const of = await bed.company();
    const created = await bed.handle(bed.order(of, [anna, bob]));
    const id = created.answers[0]?.recordId ?? '';
    const names = [overwrite('firstName')];
    const update = (columns: ReturnType<typeof key | typeof overwrite>[], rows: Cell[][]) =>
      bed.handle(bed.order(of, rows, { mode: 'update', columns }));
    expect(
      told(
        (
          await update(
            [key('id'), ...names],
            [
              [id, 'A1'],
              [newId(), 'x'],
            ],
          )
        ).answers,
      ),
    ).toEqual(['2 updated', '3 invalid unknown_id id']);
    expect(
      told(
        (
          await update(
            [key('employeeNumber'), ...names],
            [
              ['7', 'x'],
              ['007', 'A2'],
              [null, 'x'],
            ],
          )
        ).answers,
      ),
    ).toEqual(['2 ignored key_not_found employeeNumber', '3 updated', '4 invalid key_empty employeeNumber']);
    const both = [key('lastName'), key('employeeNumber'), ...names];
    expect(
      told(
        (
          await update(both, [
            ['Berger', '007', 'A3'],
            ['Berger', '0010', 'x'],
          ])
        ).answers,
      ),
    ).toEqual(['2 updated', '3 ignored key_not_found']);
    expect(told((await update([key('username'), ...names], [['ANNA', 'A4']])).answers)).toEqual(['2 updated']);
    await bed.handle(bed.order(of, [['carl@example.com', 'Carl', 'Berger', null, false]]));
    expect(told((await update([key('lastName'), ...names], [['Berger', 'x']])).answers)).toEqual([
      '2 invalid ambiguous_key',
    ]);
  });

  it('keep, clear and default as the columns say; an empty e-mail or name is refused', async () => {
    const of = await bed.company();
    const columns = [
      key('employeeNumber'),
      ...[overwrite('email', 'clear'), overwrite('firstName'), overwrite('lastName')],
      ...[overwrite('note', 'clear'), keep('title'), overwrite('authorizationLevel', 'default')],
    ];
    const run = async (row: Cell[], mode: 'upsert' | 'create' = 'upsert') =>
      (await bed.handle(bed.order(of, [row], { mode, columns }))).answers;
    expect(told(await run(['1', 'a@example.com', 'A', 'B', 'hello', 'Dr.', '1']))).toEqual(['2 created']);
    expect(told(await run(['1', null, 'A', 'B', 'hello', 'Dr.', '1']))).toEqual(['2 invalid required email']);
    expect(told(await run(['1', null, null, 'B', null, null, null]))).toEqual([
      '2 invalid required email required firstName',
    ]);
    const [cleared] = await run(['1', 'a@example.com', 'A', 'B', null, 'Mag.', null]);
    expect(cleared?.changes).toEqual([
      { field: 'authorizationLevel', from: '1', to: '0' },
      { field: 'note', from: 'hello', to: null },
    ]);
    expect(told(await run(['1', 'a@example.com', 'A', 'B', null, null, null], 'create'))).toEqual([
      '2 invalid duplicate_key employeeNumber',
    ]);
    expect(told(await run(['2', null, 'A', 'B', null, null, null]))).toEqual(['2 invalid required email']);
  });

  it('leave accounts of another kind alone', async () => {
    const of = await bed.company();
    const portal = { kind: 'portal', displayName: 'Pia', email: 'pia@example.com', hasOwnSchedule: undefined };
    const made = await bed.admin.createUser(of.token, { ...portal, firstName: undefined, lastName: undefined });
    expect(made.status).toBe(201);
    const { answers } = await bed.handle(bed.order(of, [['PIA@example.com', 'Pia', 'Portal', null, false]]));
    expect(told(answers)).toEqual(['2 invalid key_of_other_kind']);
  });

  it('remove schedules only where it is allowed, and name the restore point of the import', async () => {
    const of = await bed.company();
    await bed.handle(bed.order(of, [anna]));
    const removing = [['anna@example.com', 'Anna', 'Berger', '007', false]];
    expect(told((await bed.handle(bed.order(of, removing))).answers)).toEqual([
      '2 invalid schedule_removal_not_allowed hasOwnSchedule',
    ]);
    const allowed = bed.order(of, removing, { options: { allowScheduleRemoval: true } });
    expect(told((await bed.handle(allowed)).answers)).toEqual(['2 updated']);
    await vi.waitFor(() => {
      const removed = bed.admin.service.events(userScheduleRemoved).filter(({ companyId }) => companyId === of.id);
      expect(removed.map(({ data }) => data.restorePointId)).toEqual([of.point]);
    }, PATIENT);
  });

  it('accept a number that nobody can call, with a warning', async () => {
    const of = await bed.company();
    const columns = [key('email'), ...['firstName', 'lastName', 'mobile'].map((field) => overwrite(field))];
    const { answers } = await bed.handle(bed.order(of, [['a@example.com', 'A', 'B', '12']], { columns }));
    expect(told(answers)).toEqual(['2 created phone_not_international mobile']);
  });

  it('are refused without the mark of their restore point', async () => {
    const of = await bed.company();
    expect(await bed.handle(bed.order(of, [anna], { restorePointId: newId() }))).toMatchObject({
      answers: [],
      refusal: 'restore_point_void',
    });
  });
});
