import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessLinkRequested, accessLinkSettled, makeAccessToken } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { createInProcessQuestions, createService, Questions, CONFIG, type BaseConfig } from '@muster/platform';
import { USER_ADMIN } from '../definition.js';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { results, sendTo, startSending, writtenLinks } from './test-support.js';

let server: UserAdmin;
let company: TestCompany;
let folder: string;
const others: INestApplication[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-links-'));
});
afterEach(async () => {
  for (const other of others.splice(0)) await other.close();
  await server?.service.stop();
  await rm(folder, { recursive: true });
});

async function start(config: object): Promise<void> {
  server = await UserAdmin.start({ config: { linkFolder: folder, ...config } });
  company = await server.company();
}

/** Another process would not differ: nothing is shared but the database and the folder. */
async function startAnother(config: object): Promise<void> {
  const { app, transport } = server.service;
  const own = app.get<BaseConfig>(CONFIG);
  const runtime = { transport, questions: createInProcessQuestions() };
  const other = await createService(USER_ADMIN, { ...own, ...config }, runtime);
  others.push(other);
}

async function person(email: string): Promise<string> {
  const { body } = await server.createUser(company.token, { email, hasOwnSchedule: false });
  return String(body['id']);
}

/** Many accounts at once, behind the service's back. */
async function people(count: number): Promise<void> {
  await server.change(
    company.id,
    `insert into user_account (id, company_id, kind, email, username, display_name, authorization_level,
                               has_own_schedule, language)
     select uuidv7(), $1, 'staff', 'p' || n || '@example.com', 'p' || n, 'P ' || n, 0, false, 'en'
       from generate_series(1, $2::int) n`,
    [company.id, count],
  );
}

const change = (statement: string, ...parameters: unknown[]) => server.change(company.id, statement, parameters);
async function asAdmin<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: server.service.database.adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Some steps of jobs end like those of a process that dies when all is written and nothing committed. */
const failSteps = (times: number) =>
  asAdmin(async (client) => {
    await client.query(`set search_path = user_admin; create sequence failure; grant usage on failure to public`);
    await client.query(`create function fail() returns trigger language plpgsql as $$
      begin
        if (nextval('user_admin.failure')) <= ${times} then raise exception 'gone' using errcode = '57P01'; end if;
        return null;
      end $$`);
    await client.query(
      `create trigger fail after update on access_link_job_item for each statement execute function fail()`,
    );
  });
const failures = () =>
  asAdmin(async (client) => {
    const { rows } = await client.query<{ last: string }>('select last_value as last from user_admin.failure');
    return Math.min(Number(rows[0]?.last), 4);
  });

const linkOf = async (userId: string) => {
  const [link] = (await change(
    `select id, state, failure, attempt from access_link where user_id = $1 and replaced_at is null`,
    userId,
  )) as {
    id: string;
    state: string;
    failure: string | null;
    attempt: number;
  }[];
  if (!link) throw new Error('It has no link');
  return { ...link, id: link.id.replaceAll('-', '') };
};
const stateOf = async (userId: string) => (await linkOf(userId)).state;
const accept = (token: string) =>
  server.call('POST', `/v1/access-links/${token}/accept`, { json: { password: 'zebra kiosk pfad nebel' } });

it('without anybody who delivers says so of each link', async () => {
  await start({});
  const id = await person('nobody@example.com');
  const job = await startSending(server, company, { userIds: [id] });
  await expect
    .poll(() => results(server, company, job))
    .toEqual([{ userId: id, outcome: 'requested', linkState: 'failed', failure: 'no_delivery' }]);
  expect(await change('select 1 from access_link where token_hash is not null')).toEqual([]);
});

describe('delivery by another service', () => {
  const ask = (linkId: string, attempt: number) =>
    server.service.app.get(Questions).ask(makeAccessToken, { linkId, attempt });

  async function requested(email: string) {
    const id = await person(email);
    await startSending(server, company, { userIds: [id] });
    const events = () => server.service.events(accessLinkRequested).filter(({ data }) => data.userId === id);
    await expect.poll(events).not.toEqual([]);
    return { id, linkId: events().at(-1)?.data.linkId ?? '' };
  }

  async function settle(
    linkId: string,
    userId: string,
    outcome: 'delivered' | 'failed',
    reason?: string,
  ): Promise<void> {
    const scope = { companyId: company.id, actor: 'system', cause: 'request:test' };
    await server.service.publish(accessLinkSettled, scope, { linkId, userId, outcome, ...(reason && { reason }) });
  }

  it('gets the token at the moment of sending, once for each attempt', async () => {
    await start({ linkDelivery: 'notification' });
    const { id, linkId } = await requested('moment@example.com');
    expect(await stateOf(id)).toBe('created');
    const both = await Promise.all([ask(linkId, 1), ask(linkId, 1)]);
    const first = both.find(({ made }) => made);
    expect(both).toContainEqual({ made: false, reason: 'answered' });
    expect(first).toMatchObject({
      made: true,
      channel: 'email',
      to: 'moment@example.com',
      companyName: company.name,
      displayName: 'Rita Rep',
      userId: id,
    });
    expect(await stateOf(id)).toBe('sent');
    const second = await ask(linkId, 2);
    if (!first?.made || !second.made) throw new Error('No token');
    expect((await accept(first.token)).body).toMatchObject({ code: 'access_link_not_found' });
    await settle(linkId, id, 'delivered');
    await expect.poll(() => stateOf(id)).toBe('delivered');
    expect(await ask(linkId, 3)).toEqual({ made: false, reason: 'obsolete' });
    await settle(linkId, id, 'failed', 'mailbox_full');
    await expect.poll(() => linkOf(id)).toMatchObject({ state: 'failed', failure: 'mailbox_full' });
    // What came back may have come through all the same.
    expect((await accept(second.token)).status).toBe(200);
    expect(await stateOf(id)).toBe('used');
  });

  it('gets none for a link that is not to be sent any more', async () => {
    await start({ linkDelivery: 'notification' });
    expect(await ask(newId(), 1)).toEqual({ made: false, reason: 'unknown' });
    const unsent = await person('unsent@example.com');
    expect(await ask((await linkOf(unsent)).id, 1)).toEqual({ made: false, reason: 'unknown' });
    const replaced = await requested('twice@example.com');
    const job = await startSending(server, company, { userIds: [replaced.id] });
    await expect.poll(() => results(server, company, job)).toMatchObject([{ outcome: 'requested' }]);
    expect(await ask(replaced.linkId, 1)).toEqual({ made: false, reason: 'obsolete' });
    const off = await requested('off@example.com');
    await server.call('POST', `/v1/users/${off.id}/deactivate`, { token: company.token });
    expect(await ask(off.linkId, 1)).toEqual({ made: false, reason: 'obsolete' });
    const moved = await requested('moved@example.com');
    await change(`update user_account set email = null where id = $1`, moved.id);
    expect(await ask(moved.linkId, 1)).toEqual({ made: false, reason: 'no_address' });
    expect(await linkOf(moved.id)).toMatchObject({ state: 'failed', failure: 'no_address' });
  });
});

describe('a process that dies', () => {
  it('in the middle of a job: others go on where it was, and nobody gets two links', async () => {
    await start({ linkDelivery: 'file' });
    await people(450);
    const statesOfAll = () =>
      change('select state, count(*)::int as number from access_link where replaced_at is null group by 1');
    await failSteps(4);
    const job = await startSending(server, company, { filter: { q: 'p', kind: 'staff' } });
    await startAnother({});
    await expect.poll(statesOfAll, { interval: 100 }).toEqual([{ state: 'delivered', number: 450 }]);
    expect(await failures()).toBe(4);
    const lines = await writtenLinks(folder);
    expect(new Set(lines.map(({ userId }) => userId)).size).toBe(450);
    expect(lines).toHaveLength(450);
    const events = () => server.service.events(accessLinkRequested);
    await expect.poll(() => events().length).toBe(450);
    expect(new Set(events().map(({ data }) => data.linkId)).size).toBe(450);
    const read = await server.call('GET', `/v1/access-links/send-jobs/${job}`, { token: company.token });
    expect(read.body).toMatchObject({ state: 'completed', counters: { total: 450, requested: 450 } });
  });

  it('between token and file: the next one makes another token', async () => {
    await start({ linkDelivery: 'notification' });
    const id = await person('between@example.com');
    await startSending(server, company, { userIds: [id] });
    await expect
      .poll(async () => (await change('select 1 from access_link where requested_at is not null')) as object[])
      .toHaveLength(1);
    const { id: linkId } = await linkOf(id);
    // It had the token, and was gone.
    const lost = await server.service.app.get(Questions).ask(makeAccessToken, { linkId, attempt: 1 });
    await startAnother({ linkDelivery: 'file' });
    await expect.poll(() => stateOf(id)).toBe('delivered');
    const [line, ...more] = await writtenLinks(folder);
    expect(more).toEqual([]);
    expect((await accept(lost.made ? lost.token : '')).body).toMatchObject({ code: 'access_link_not_found' });
    expect((await accept(line?.token ?? '')).status).toBe(200);
  });

  it('between file and database: the link is not written again', async () => {
    await start({ linkDelivery: 'file' });
    const id = await person('after@example.com');
    const { token } = await sendTo(server, company, id, folder);
    await change(
      `update access_link set state = 'sent', settled_at = null, lease_until = now() - interval '1 second' where user_id = $1`,
      id,
    );
    await expect.poll(() => stateOf(id)).toBe('delivered');
    expect(await writtenLinks(folder)).toHaveLength(1);
    expect((await accept(token)).status).toBe(200);
  });

  it('while it wrote a line: the link is written whole', async () => {
    await start({ linkDelivery: 'notification' });
    const id = await person('torn@example.com');
    await startSending(server, company, { userIds: [id] });
    await expect
      .poll(async () => (await change('select 1 from access_link where requested_at is not null')) as object[])
      .toHaveLength(1);
    const { id: linkId } = await linkOf(id);
    await server.service.app.get(Questions).ask(makeAccessToken, { linkId, attempt: 1 });
    await appendFile(join(folder, 'access-links.jsonl'), `{"linkId":"${linkId}","at":"20`);
    await startAnother({ linkDelivery: 'file' });
    await expect.poll(() => stateOf(id)).toBe('delivered');
    const [line] = await writtenLinks(folder);
    expect((await accept(line?.token ?? '')).status).toBe(200);
  });
});
