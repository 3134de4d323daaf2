import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { userActivated, userCreated, userDeactivated, userScheduleRemoved, userUpdated } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { AccountBatch } from './account-batch.js';
import type { AccountWishes } from './account-state.js';
import type { BatchItem, BatchOptions, BatchOutcome } from './batch/batch-item.js';

let server: UserAdmin;
let company: TestCompany;
beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.transport.start();
  company = await server.company();
});
afterAll(async () => {
  await server?.service.transport.stop();
  await server?.service.stop();
});

const EVENTS = [userCreated, userUpdated, userActivated, userDeactivated, userScheduleRemoved];
const eventsOf = (userId: string) =>
  EVENTS.flatMap((contract) =>
    server.service
      .events(contract)
      .filter(({ data }) => data.userId === userId)
      .map(({ type, data }) => `${type} ${data.version}`),
  );
let emails = 0;
const create = async (wishes: Record<string, unknown> = {}, { token } = company) => {
  const answer = await server.createUser(token, { email: `batch${++emails}@example.com`, ...wishes });
  expect(answer.status, JSON.stringify(answer.body)).toBe(201);
  return String(answer.body['id']);
};
const read = async (id: string, { token } = company) => (await server.call('GET', `/v1/users/${id}`, { token })).body;
const inUnit = <T>(
  work: (batch: AccountBatch, manager: Parameters<AccountBatch['apply']>[0]) => Promise<T>,
  of = company,
) => {
  const scope = { companyId: of.id, actor: 'system', cause: 'request:test' };
  return server.service.app
    .get(UnitOfWork)
    .run(scope, (manager) => work(server.service.app.get(AccountBatch), manager));
};
const apply = (items: readonly BatchItem[], options: BatchOptions = {}, of = company) =>
  inUnit((batch, manager) => batch.apply(manager, of.id, items, options), of);
const plan = (items: readonly BatchItem[], options: BatchOptions = {}, of = company) =>
  inUnit((batch, manager) => batch.plan(manager, of.id, items, options), of);
const change = (id: string, wishes: AccountWishes): BatchItem => ({ does: 'change', id, wishes });
const brief = (outcomes: readonly BatchOutcome[]) =>
  outcomes.map((outcome) =>
    outcome.outcome === 'refused'
      ? `refused ${outcome.problems.map(({ code, field }) => `${code} ${field ?? '-'}`).join(', ')}`
      : outcome.outcome,
  );

const EVERYTHING: AccountWishes = {
  title: 'Dr.',
  phone: '0316 8050-0',
  mobile: '+43 664 1234567',
  language: 'en',
  note: 'Knows "the" house,\n{and} \\more.',
  homeStreet: 'Lindengasse 7',
  homeLatitude: 47.07,
  homeLongitude: -0.1,
  workingHoursFriFrom: 'closed',
  workBreakMode: 'fixed',
  workBreakMinutes: 0,
  drivingSpeedCity: -10,
  dateOfBirth: '1980-05-17',
  gender: 'prefer_not_to_say',
  customerType: 'A',
  roles: ['r "1"', 'r,2', '{}'],
  roleOptions: ['Sys_Admin'],
  authorizationLevel: 1,
};

describe('many accounts', () => {
  it('are changed together, each as if by itself', async () => {
    const [one, two, three, gone] = [await create(), await create({ title: 'Mag.' }), await create(), newId()];
    const outcomes = await apply([
      change(one, EVERYTHING),
      change(two, { title: 'Mag.' }),
      change(three, { homeLatitude: 47, uprn: '1' }),
      change(gone, { title: 'x' }),
    ]);
    expect(brief(outcomes)).toEqual([
      'changed',
      'unchanged',
      'refused uprn_too_short uprn, coordinates_incomplete home.longitude',
      'refused user_not_found -',
    ]);
    const twin = await create();
    const { status } = await server.call('PATCH', `/v1/users/${twin}`, {
      token: company.token,
      headers: { 'if-match': '*' },
      json: {
        title: 'Dr.',
        phone: '0316 8050-0',
        mobile: '+43 664 1234567',
        language: 'en',
        note: EVERYTHING.note,
        home: { street: 'Lindengasse 7', latitude: 47.07, longitude: -0.1 },
        workingHours: { fri: { from: 'closed' } },
        workBreak: { mode: 'fixed', minutes: 0 },
        drivingSpeed: { city: -10 },
        dateOfBirth: '1980-05-17',
        gender: 'prefer_not_to_say',
        customerType: 'A',
        roles: EVERYTHING.roles,
        roleOptions: ['Sys_Admin'],
        authorizationLevel: 1,
      },
    });
    expect(status).toBe(200);
    const own = ({
      id: _id,
      email: _e,
      username: _u,
      createdAt: _c,
      updatedAt: _at,
      ...rest
    }: Record<string, unknown>) => rest;
    expect(own(await read(one))).toEqual(own({ ...(await read(twin)), warnings: undefined }));
    expect(await read(two)).toMatchObject({ title: 'Mag.' });
    await expect.poll(() => eventsOf(one)).toEqual(['user.created.v1 1', 'user.updated.v1 2']);
    await expect.poll(() => eventsOf(two)).toEqual(['user.created.v1 1']);
  });

  it('tell what differs, and what follows', async () => {
    const id = await create({ title: 'Dr.', mobile: null });
    const [outcome] = await apply([change(id, { title: null, mobile: '0664 1234567', loginEnabled: false })]);
    expect(outcome).toMatchObject({
      outcome: 'changed',
      account: { id, version: 2, mobileE164: '+436641234567', loginEnabled: false },
      differences: [
        { field: 'title', from: 'Dr.', to: null },
        { field: 'mobile', from: null, to: '0664 1234567' },
        { field: 'loginEnabled', from: true, to: false },
      ],
      consequences: { deactivated: true, losesAdministrator: false },
    });
    await expect.poll(() => eventsOf(id)).toEqual(['user.created.v1 1', 'user.updated.v1 2', 'user.deactivated.v1 2']);
  });

  it('may be changed by what they are now', async () => {
    const id = await create({ note: 'a' });
    const wishes = ({ note }: { note: string | null }) => ({ note: `${note}b` });
    await apply([{ does: 'change', id, wishes }]);
    expect(await read(id)).toMatchObject({ note: 'ab' });
    await expect(apply([change(id, {}), change(id, {})])).rejects.toThrow('twice');
  });

  it('are planned without a write', async () => {
    const id = await create();
    const { outcomes, ledger } = await plan([change(id, { title: 'Dr.', hasOwnSchedule: false })], {
      allowScheduleRemoval: true,
    });
    expect(outcomes).toMatchObject([{ outcome: 'changed', account: { title: 'Dr.', version: 2 } }]);
    const now = await plan([]);
    expect(ledger).toEqual({ ...now.ledger, inUse: now.ledger.inUse - 1 });
    expect(await read(id)).toMatchObject({ title: null, hasOwnSchedule: true });
  });

  it('need a word for the removal of schedules', async () => {
    const id = await create();
    const item = change(id, { hasOwnSchedule: false });
    expect(brief(await apply([item]))).toEqual(['refused schedule_removal_not_allowed hasOwnSchedule']);
    expect(brief(await apply([item], { allowScheduleRemoval: true }))).toEqual(['changed']);
    await expect
      .poll(() => eventsOf(id))
      .toEqual(['user.created.v1 1', 'user.updated.v1 2', 'user.schedule-removed.v1 2']);
  });

  it('name groups and codes that are there', async () => {
    const [one, two] = [await create(), await create()];
    const group = await server.call('POST', '/v1/user-groups', { token: company.token, json: { name: 'North' } });
    const id = String(group.body['id']);
    expect(brief(await apply([change(one, { groupIds: [newId()] }), change(two, { groupIds: [id] })]))).toEqual([
      'refused unknown_group userGroups',
      'changed',
    ]);
    expect(await read(two)).toMatchObject({ userGroups: [id] });
  });
});

describe('unique values', () => {
  it('are exchanged in circles and chains, in any letter case', async () => {
    const numbers = ['001', '002', '003'];
    const [a = '', b = '', c = ''] = await Promise.all(
      numbers.map((employeeNumber) => create({ employeeNumber, email: `n${employeeNumber}@example.com` })),
    );
    const outcomes = await apply([
      change(a, { employeeNumber: '002', email: 'N003@example.com' }),
      change(b, { employeeNumber: '003', email: 'n001@example.com' }),
      change(c, { employeeNumber: '001', email: 'n002@EXAMPLE.com' }),
      { does: 'create', kind: 'staff', wishes: { email: 'chain@example.com', firstName: 'C', lastName: 'N' } },
    ]);
    expect(brief(outcomes)).toEqual(['changed', 'changed', 'changed', 'created']);
    expect(await Promise.all([a, b, c].map(async (id) => (await read(id))['employeeNumber']))).toEqual([
      '002',
      '003',
      '001',
    ]);
    expect(await read(a)).toMatchObject({ email: 'N003@example.com' });
  });

  it('that somebody else keeps refuse all who hoped for them', async () => {
    const [a, b, c] = [
      await create({ employeeNumber: 'k1' }),
      await create({ employeeNumber: 'k2' }),
      await create({ employeeNumber: 'k3' }),
    ];
    const outcomes = await apply([
      change(a, { employeeNumber: 'k2' }),
      change(b, { employeeNumber: 'k3', title: 'Dr.' }),
    ]);
    expect(outcomes).toMatchObject([
      { outcome: 'refused', account: { id: a }, problems: [{ code: 'value_taken', heldBy: b }] },
      { outcome: 'refused', problems: [{ code: 'value_taken', field: 'employeeNumber', heldBy: c }] },
    ]);
    expect(await read(b)).toMatchObject({ employeeNumber: 'k2', title: null });
  });

  it('of one company are none of the business of another', async () => {
    const other = await server.company();
    const id = await create({ email: 'same@example.com' }, other);
    await create({ email: 'same2@example.com' });
    expect(brief(await apply([change(id, { email: 'SAME2@example.com' })], {}, other))).toEqual(['changed']);
    expect(brief(await apply([change(id, { title: 'Dr.' })]))).toEqual(['refused user_not_found -']);
  });
});

describe('new accounts', () => {
  const born = (email: string, more: AccountWishes = {}): BatchItem => {
    return { does: 'create', kind: 'staff', wishes: { email, firstName: 'B', lastName: 'Orn', ...more } };
  };

  it('get names of their own, each once', async () => {
    const outcomes = await apply([
      born('info@a.example'),
      born('Info@b.example'),
      born('info@c.example', { username: 'info2' }),
      born('info@A.example'),
      born('nobody', { firstName: null, email: null }),
      born('info@d.example', { hasOwnSchedule: false, groupIds: [], roles: ['x', 'y'] }),
    ]);
    expect(brief(outcomes)).toEqual([
      'created',
      'created',
      'created',
      'refused value_taken email',
      'refused required email, required firstName',
      'created',
    ]);
    const made = outcomes.flatMap((outcome) => (outcome.outcome === 'created' ? outcome.account : []));
    expect(made.map(({ username }) => username)).toEqual(['info', 'Info3', 'info2', 'info4']);
    const [first, , , last] = made;
    expect(await read(first?.id ?? '')).toMatchObject({
      displayName: 'B Orn',
      accessLinkState: 'created',
      language: 'de',
    });
    expect(await read(last?.id ?? '')).toMatchObject({ hasOwnSchedule: false, roles: ['x', 'y'], userGroups: [] });
    await expect.poll(() => eventsOf(first?.id ?? '')).toEqual(['user.created.v1 1']);
  });

  it('share the licences with those that change, in their order', async () => {
    const small = await server.company({ licences: 2 });
    const one = await create({ email: 'one@example.com' }, small);
    const outcomes = await apply(
      [born('x@example.com'), born('y@example.com'), born('z@example.com'), change(one, { hasOwnSchedule: false })],
      { allowScheduleRemoval: true },
      small,
    );
    expect(brief(outcomes)).toEqual(['created', 'created', 'refused licence_exceeded hasOwnSchedule', 'changed']);
    const { body } = await server.call('GET', '/v1/licences', { token: small.token });
    expect(body).toMatchObject({ total: 2, inUse: 2 });
  });
});

it('an administrator is left, and may hand over', async () => {
  const house = await server.company();
  const { body } = await server.call('GET', '/v1/users', { token: house.token });
  const [{ id: first } = { id: '' }] = body['items'] as { id: string }[];
  const second = await create({ email: 'second@example.com', authorizationLevel: 2 }, house);
  const off = (id: string) => change(id, { loginEnabled: false });
  expect(brief(await apply([off(first), off(second)], {}, house))).toEqual([
    'changed',
    'refused last_administrator loginEnabled',
  ]);
  const promoted = change(first, { loginEnabled: true });
  expect(brief(await apply([change(second, { authorizationLevel: 0 }), promoted], {}, house))).toEqual([
    'changed',
    'changed',
  ]);
});
