import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  keptRecords,
  recordsRemoved,
  recordsTransferred,
  restorePointTaken,
  userScheduleRemoved,
  userTransferOrdered,
  type DataOf,
} from '@muster/contracts';
import { newId, type Scope } from '@muster/persistence';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;
let scope: Scope;

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
  scope = { companyId: company.id, actor: 'user:ada', cause: 'request:transfer' };
});
afterAll(() => server?.service.stop());

let people = 0;
async function person(wishes: Record<string, unknown> = {}, token = company.token): Promise<string> {
  const { body } = await server.createUser(token, { email: `transfer${++people}@example.com`, ...wishes });
  expect(body).toMatchObject({ id: expect.any(String) as string });
  return String(body['id']);
}

const transfer = (id: string, json: object, token = company.token, headers = {}) =>
  server.call('POST', `/v1/users/${id}/transfer`, { token, json, headers });
const read = (id: unknown, path = '', token = company.token) =>
  server.call('GET', `/v1/users/transfers/${String(id)}${path}`, { token });
const ordersFrom = (id: string) => server.service.events(userTransferOrdered).filter(({ data }) => data.userId === id);
const takenFor = (id: string) => server.service.events(restorePointTaken).filter(({ data }) => data.userId === id);
const logOf = async (id: string, action: string) => {
  const path = `/v1/audit-log?subjectId=${id}&action=${action}`;
  const { body } = await server.call('GET', path, { token: company.token, headers: { 'accept-language': 'de' } });
  return body['items'] as { changes: { field: string; label: string; to: unknown }[]; how: { id: string } }[];
};

type Told = DataOf<typeof recordsTransferred>;
const tell = (order: { id: unknown; from: string; to: string }, told: Omit<Told, 'transferId' | 'repId' | 'toRepId'>) =>
  server.service.publish(recordsTransferred, scope, {
    transferId: String(order.id),
    repId: order.from,
    toRepId: order.to,
    ...told,
  });

describe('a transfer', () => {
  it('takes a restore point, orders the records moved, and tells how far it is', async () => {
    const [from, to] = [await person({ lastName: 'Source' }), await person()];
    const answer = await transfer(from, { to });
    const { id, restorePointId } = answer.body;
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/v1/users/transfers/${String(id)}`);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.body).toMatchObject({ from, to, entities: null, state: 'running', counters: [], finishedAt: null });
    await expect
      .poll(() => ordersFrom(from))
      .toMatchObject([{ data: { transferId: id, toUserId: to, entities: null, restorePointId } }]);
    await expect
      .poll(() => takenFor(from))
      .toMatchObject([{ data: { restorePointId, occasion: 'transfer', name: 'Rita Source' } }]);

    await tell({ id, from, to }, { state: 'running', counts: [{ entity: 'customer', moved: 1_000, kept: 1 }] });
    await expect
      .poll(async () => (await read(id)).body)
      .toMatchObject({ state: 'running', counters: [{ entity: 'customer', moved: 1_000, kept: 1 }] });
    const counts = [
      { entity: 'customer', moved: 1_500, kept: 2 },
      { entity: 'task', moved: 3, kept: 0 },
    ];
    await tell({ id, from, to }, { state: 'completed', counts });
    await expect
      .poll(async () => (await read(id)).body)
      .toMatchObject({ state: 'completed', counters: counts, failure: null, finishedAt: expect.any(String) as string });
    const [entry, ...others] = await logOf(from, 'transferred');
    expect(others).toEqual([]);
    expect(entry?.how.id).toBe('transfer');
    expect(entry?.changes.map(({ label, to: value }) => [label, value])).toEqual(
      expect.arrayContaining([
        ['An', to],
        ['Wiederherstellungspunkt', restorePointId],
        ['Übertragen, Kunden', 1_500],
        ['Nicht übertragen, Kunden', 2],
        ['Übertragen, Aufgaben', 3],
      ]),
    );
    // What comes late changes nothing.
    await tell({ id, from, to }, { state: 'running', counts: [] });
    const after = { id: (await transfer(from, { to })).body['id'], from, to };
    await tell(after, { state: 'failed', failure: 'target_gone', counts: [] });
    await expect
      .poll(async () => (await read(after.id)).body)
      .toMatchObject({ state: 'failed', failure: 'target_gone' });
    expect((await read(id)).body).toMatchObject({ state: 'completed', counters: counts });
    expect(await logOf(from, 'transferred')).toHaveLength(2);
  });

  it('of chosen kinds names them, once for a key', async () => {
    const [from, to] = [await person(), await person({ loginEnabled: false })];
    const headers = { 'idempotency-key': newId() };
    const first = await transfer(from, { to, entities: ['task', 'report'] }, company.token, headers);
    const second = await transfer(from, { to, entities: ['task', 'report'] }, company.token, headers);
    expect(first.body).toMatchObject({ entities: ['task', 'report'] });
    expect(second.body['id']).toBe(first.body['id']);
    await expect.poll(() => ordersFrom(from)).toMatchObject([{ data: { entities: ['task', 'report'] } }]);
    await expect.poll(() => takenFor(from)).toHaveLength(1);
  });

  it('is one at a time for an account', async () => {
    const [from, to] = [await person(), await person()];
    const answers = await Promise.all([transfer(from, { to }), transfer(from, { to }), transfer(from, { to })]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409, 409]);
    const id = answers.find(({ status }) => status === 202)?.body['id'];
    const refused = answers.find(({ status }) => status === 409)?.body;
    expect(refused).toMatchObject({ code: 'transfer_running', detail: expect.stringContaining(String(id)) as string });
    await expect.poll(() => ordersFrom(from)).toHaveLength(1);
    await expect.poll(() => takenFor(from)).toHaveLength(1);
  });

  it('goes to another rep of the company, and to nobody else', async () => {
    const other = await server.company();
    const from = await person();
    const targets = {
      unknown: newId(),
      foreign: await person({}, other.token),
      portal: await person({ kind: 'portal', hasOwnSchedule: false }),
      same: from,
      withoutSchedule: await person({ hasOwnSchedule: false }),
    };
    for (const to of Object.values(targets)) {
      expect((await transfer(from, { to })).body).toMatchObject({ status: 422, code: 'transfer_target' });
    }
    const to = await person();
    for (const [id, token] of [[newId()], ['x'], [from, other.token]]) {
      expect((await transfer(id ?? '', { to }, token)).body).toMatchObject({ status: 404, code: 'user_not_found' });
    }
    for (const json of [{}, { to: 'x' }, { to, entities: [] }, { to, entities: ['planet'] }]) {
      expect((await transfer(from, json)).body).toMatchObject({ status: 422, code: 'validation_failed' });
    }
    expect(takenFor(from)).toEqual([]);
  });

  it('is not found by another company', async () => {
    const other = await server.company();
    const [from, to] = [await person(), await person()];
    const { body } = await transfer(from, { to });
    for (const [id, token] of [[body['id'], other.token], [newId()], ['x']] as const) {
      for (const path of ['', '/kept']) {
        expect((await read(id, path, token)).body).toMatchObject({ status: 404, code: 'transfer_not_found' });
      }
    }
  });

  it('lists what stays, page by page', async () => {
    const [from, to] = [await person(), await person()];
    const { body } = await transfer(from, { to });
    const all = Array.from({ length: 3 }, () => newId()).map((recordId, i) => {
      return { entity: 'customer', recordId, externalId: `K-${i}`, heldBy: newId() };
    });
    server.service.answer(keptRecords, ({ transferId, after, limit, companyId }) => {
      expect([transferId, companyId]).toEqual([body['id'], company.id]);
      return { items: all.filter(({ recordId }) => after === null || recordId > after).slice(0, limit) };
    });
    const first = await read(body['id'], '/kept?limit=2');
    const second = await read(body['id'], `/kept?limit=2&cursor=${String(first.body['nextCursor'])}`);
    const items = [first, second].flatMap((page) => page.body['items'] as object[]);
    expect(items).toMatchObject(all);
    expect(items[0]).toMatchObject({ code: 'external_id_held', message: expect.stringContaining('K-0') as string });
    expect(second.body['nextCursor']).toBeNull();
    expect((await read(body['id'], '/kept?cursor=x')).body).toMatchObject({ code: 'invalid_cursor' });
  });
});

describe('the removal of a schedule', () => {
  it('takes a restore point, which the order carries, and stands in the audit log with its figures', async () => {
    const id = await person({ lastName: 'Remover' });
    const confirmed = { hasOwnSchedule: false, confirmScheduleRemoval: true };
    const headers = { 'if-match': '*' };
    await server.call('PATCH', `/v1/users/${id}`, { token: company.token, json: confirmed, headers });
    const orders = () => server.service.events(userScheduleRemoved).filter(({ data }) => data.userId === id);
    await expect.poll(orders).toHaveLength(1);
    const restorePointId = orders()[0]?.data.restorePointId ?? '';
    await expect
      .poll(() => takenFor(id))
      .toMatchObject([{ data: { restorePointId, occasion: 'schedule-removal', name: 'Rita Remover' } }]);
    const marked = await server.change(company.id, 'select 1 from mark where restore_point_id = $1', [restorePointId]);
    expect(marked).toHaveLength(1);

    const counts = [{ entity: 'customer', count: 12 }];
    await server.service.publish(recordsRemoved, scope, { repId: id, restorePointId, counts });
    await expect.poll(() => logOf(id, 'schedule-removed')).toHaveLength(1);
    const [entry] = await logOf(id, 'schedule-removed');
    const changes = entry?.changes.map(({ label, to }) => [label, to]);
    expect(changes?.toSorted()).toEqual([
      ['Entfernt, Kunden', 12],
      ['Wiederherstellungspunkt', restorePointId],
    ]);
  });
});
