import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessLinkRequested } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { results, startSending, writtenLinks } from './test-support.js';

let server: UserAdmin;
let company: TestCompany;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-links-'));
  server = await UserAdmin.start({ config: { linkDelivery: 'file', linkFolder: folder } });
  company = await server.company();
});
afterAll(async () => {
  await server?.service.stop();
  await rm(folder, { recursive: true });
});

async function person(wishes: object, of = company): Promise<string> {
  const { status, body } = await server.createUser(of.token, { hasOwnSchedule: false, ...wishes });
  expect(status).toBe(201);
  return String(body['id']);
}

const send = (json: object, token = company.token, headers = {}) =>
  server.call('POST', '/v1/access-links/send', { token, json, headers });
const read = (job: string, token = company.token) => server.call('GET', `/v1/access-links/send-jobs/${job}`, { token });

/** Waits until the job had its turn at every account and its links are delivered. */
async function done(job: string): Promise<Map<unknown, unknown>> {
  await expect.poll(async () => (await read(job)).body['state'], { interval: 20 }).toBe('completed');
  const onTheirWay = async () =>
    (await results(server, company, job)).filter(({ linkState }) => linkState === 'created' || linkState === 'sent');
  await expect.poll(onTheirWay, { interval: 20 }).toEqual([]);
  return new Map((await results(server, company, job)).map(({ userId, outcome }) => [userId, outcome]));
}

/** What became of each account. */
const sent = async (json: object) => done(await startSending(server, company, json));

describe('sending access links', () => {
  it('is a job that says what it did for each account', async () => {
    const good = await person({ email: 'good@example.com', mobile: '+43 664 1234567' });
    const off = await person({ email: 'off@example.com', loginEnabled: false });
    const without = await person({ kind: 'person', username: 'without' });
    const unknown = newId();
    const answer = await send({ userIds: [good, off, without, unknown, good], channel: 'email' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/v1/access-links/send-jobs/${String(answer.body['id'])}`);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.body).toMatchObject({ state: 'running', channel: 'email', counters: { total: 4, pending: 4 } });
    const job = String(answer.body['id']);
    const outcomes = await done(job);
    expect((await read(job)).body).toMatchObject({
      counters: { total: 4, pending: 0, requested: 1, refused: 3 },
      finishedAt: expect.any(String) as string,
    });
    expect(Object.fromEntries(outcomes)).toEqual({
      [good]: 'requested',
      [off]: 'deactivated',
      [without]: 'no_email',
      [unknown]: 'user_not_found',
    });
    expect(await sent({ userIds: [without], channel: 'sms' })).toEqual(new Map([[without, 'no_mobile_number']]));
    expect(await sent({ userIds: [good], channel: 'sms' })).toEqual(new Map([[good, 'requested']]));
    const lines = (await writtenLinks(folder)).filter(({ userId }) => userId === good);
    expect(lines).toMatchObject([
      { channel: 'email', to: 'good@example.com' },
      { channel: 'sms', to: '+436641234567' },
    ]);
  });

  it('lists its results by pages and by outcome', async () => {
    const ids = [await person({ email: 'page1@example.com' }), await person({ email: 'page2@example.com' }), newId()];
    const job = await startSending(server, company, { userIds: ids });
    await expect.poll(async () => (await read(job)).body['state']).toBe('completed');
    const page = (query: string) =>
      server.call('GET', `/v1/access-links/send-jobs/${job}/results?${query}`, { token: company.token });
    const first = await page('limit=2');
    const second = await page(`limit=2&cursor=${String(first.body['nextCursor'])}`);
    const all = [first, second].flatMap(({ body }) => body['items'] as { userId: string }[]);
    expect(all.map(({ userId }) => userId)).toEqual([...ids].sort());
    expect(second.body['nextCursor']).toBeNull();
    expect((await page('outcome=user_not_found')).body['items']).toMatchObject([{ userId: ids[2], linkState: null }]);
    expect((await page('cursor=x')).body).toMatchObject({ code: 'invalid_cursor' });
  });

  it('goes to whom a filter meets', async () => {
    const ids = [await person({ email: 'filter1@example.com' }), await person({ email: 'filter2@example.com' })];
    await person({ email: 'else@example.com' });
    const filter = { q: 'filter', kind: 'staff', accessLinkState: 'created' };
    const first = await sent({ filter });
    expect([...first.keys()].sort()).toEqual([...ids].sort());
    expect((await sent({ filter })).size).toBe(0);
    const list = (state: string) =>
      server.call('GET', `/v1/users?q=filter&accessLinkState=${state}`, { token: company.token });
    expect((await list('delivered')).body['items']).toMatchObject([
      { accessLinkState: 'delivered' },
      { accessLinkState: 'delivered' },
    ]);
    expect((await list('none')).body['items']).toEqual([]);
    const none = await server.call('GET', '/v1/users?accessLinkState=none', { token: company.token });
    const withoutLink = none.body['items'] as { accessLinkState: string; username: string }[];
    expect(withoutLink.map(({ username }) => username).sort()).toEqual(['Admin', 'off']);
  });

  it.each([
    ['neither ids nor a filter', { channel: 'email' }, 'users_not_chosen'],
    ['both', { channel: 'email', filter: {}, userIds: [newId()] }, 'users_not_chosen'],
    ['no channel', { filter: {} }, 'validation_failed'],
    ['an id that is none', { channel: 'email', userIds: ['x'] }, 'validation_failed'],
    ['an unknown filter', { channel: 'email', filter: { color: 'red' } }, 'validation_failed'],
    ['a filter of another type', { channel: 'email', filter: { loginEnabled: 'perhaps' } }, 'validation_failed'],
  ])('refuses %s', async (_name, json, code) => {
    expect((await send(json)).body).toMatchObject({ status: 422, code });
  });

  it('once more with the same key is the same job', async () => {
    const userIds = [await person({ email: 'again@example.com' })];
    const key = { 'idempotency-key': newId() };
    const [first, second] = [
      await send({ userIds, channel: 'email' }, company.token, key),
      await send({ userIds, channel: 'email' }, company.token, key),
    ];
    expect(second.body['id']).toBe(first.body['id']);
  });

  it('is for administrators, each in its company', async () => {
    const other = await server.company();
    const ours = await person({ email: 'ours@example.com' });
    const job = await startSending(server, other, { userIds: [ours] });
    await expect.poll(async () => (await read(job, other.token)).body['state']).toBe('completed');
    expect(await results(server, other, job)).toMatchObject([{ userId: ours, outcome: 'user_not_found' }]);
    for (const path of [job, `${job}/results`, newId(), 'x', 'x/results']) {
      const { body } = await server.call('GET', `/v1/access-links/send-jobs/${path}`, { token: company.token });
      expect(body).toMatchObject({ status: 404, code: 'access_link_job_not_found' });
    }
    const user = await person({ email: 'plain@example.com' });
    await server.givePassword(company.id, user);
    const { body } = await server.signIn(company.name, 'plain@example.com');
    const denied = await send({ filter: {}, channel: 'email' }, String(body['access_token']));
    expect(denied.body).toMatchObject({ code: 'forbidden' });
  });

  it('is told to whoever delivers, without the token, and stands in the audit log', async () => {
    const id = await person({ email: 'event@example.com' });
    await sent({ userIds: [id] });
    const [link] = (await writtenLinks(folder)).filter(({ userId }) => userId === id);
    const events = () => server.service.events(accessLinkRequested).filter(({ data }) => data.userId === id);
    await expect.poll(events).toHaveLength(1);
    expect(events()[0]).toMatchObject({
      companyId: company.id,
      data: { linkId: link?.linkId, userId: id, channel: 'email' },
    });
    const log = await server.change(
      company.id,
      `select action, subject_kind, subject_id, changes from audit_log where person_id = $1 or subject_id = $1 order by id`,
      [id],
    );
    expect(log).toMatchObject([
      { action: 'created', subject_kind: 'user' },
      { action: 'link-sent', subject_kind: 'user', subject_id: id, changes: [{ field: 'channel', to: 'email' }] },
      { action: 'changed', subject_kind: 'access-link', subject_id: link?.linkId },
      { action: 'changed', subject_kind: 'access-link', changes: [{ field: 'state', from: 'sent', to: 'delivered' }] },
    ]);
    expect(JSON.stringify(log)).toContain(JSON.stringify({ field: 'token', secret: 'set' }).slice(1, -1));
  });
});
