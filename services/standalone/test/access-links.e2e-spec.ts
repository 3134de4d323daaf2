import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT, type components, type MusterClient } from '@muster/testing';
import { makeCompany, type DemoCompany } from '../src/demo/make-company.js';
import { signedIn } from './api.js';
import { holdAccounts, holdAfterStep } from './holding.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';

type Job = components['schemas']['SendJobDto'];
type Result = components['schemas']['SendResultDto'];

const ADDED = 1_000;
/** With an administrator and a rep. */
const ACCOUNTS = ADDED + 2;

describe('sending access links to 1,000 accounts', () => {
  let system: StandaloneSystem;
  let company: DemoCompany;

  beforeAll(async () => {
    system = await standaloneSystem();
    company = await makeCompany(system.url, system.operatorKey, 1, 'Links');
    await addAccounts(system);
  });
  afterAll(() => system?.stop());

  it('kill -9 in the middle of the job, then of its delivery: everybody is sent one link, nobody two', async () => {
    const { client } = await signedIn(system, company);
    const held = await holdAccounts(system, await companyId(system));
    const { data: started } = await client.POST('/v1/access-links/send', { body: { filter: {}, channel: 'email' } });
    const id = started?.id ?? '';
    expect(started?.counters).toEqual({ total: ACCOUNTS, pending: ACCOUNTS, requested: 0, refused: 0 });

    const isRequesting = async () => (await read(client, id)).counters.requested > 0;
    const release = await holdAfterStep(system, await companyId(system), held, isRequesting);
    const before = await read(client, id);
    expect(before.counters.pending).toBeGreaterThan(0);
    await system.kill();
    await system.start();
    const again = await read(client, id);
    expect(again.counters.requested).toBeGreaterThanOrEqual(before.counters.requested);

    // The rest of the job waits: its delivery cannot come to its end.
    await vi.waitUntil(async () => (await writtenLinks(system)).length > 0, PATIENT);
    expect(await deliveredLinks(system)).toBeLessThan(ACCOUNTS);
    await system.kill();
    await release();
    await system.start();

    await vi.waitUntil(async () => (await deliveredLinks(system)) === ACCOUNTS, PATIENT);
    expect(await read(client, id)).toMatchObject({
      state: 'completed',
      counters: { total: ACCOUNTS, pending: 0, requested: ACCOUNTS, refused: 0 },
    });
    const results = await resultsOf(client, id);
    const people = new Set(results.map(({ userId }) => userId));
    expect(people.size).toBe(ACCOUNTS);
    expect(results.every(({ outcome, linkState }) => outcome === 'requested' && linkState === 'delivered')).toBe(true);

    const lines = await writtenLinks(system);
    expect(lines).toHaveLength(ACCOUNTS);
    expect(new Set(lines.map(({ linkId }) => linkId)).size).toBe(ACCOUNTS);
    expect(new Set(lines.map(({ userId }) => userId))).toEqual(people);
    expect(await sent(system)).toEqual({ links: ACCOUNTS, people: ACCOUNTS, notes: ACCOUNTS, noted: ACCOUNTS });
  });
});

async function read(client: MusterClient, id: string): Promise<Job> {
  const { data, error } = await client.GET('/v1/access-links/send-jobs/{id}', { params: { path: { id } } });
  if (!data) throw new Error(JSON.stringify(error));
  return data;
}

async function resultsOf(client: MusterClient, id: string): Promise<Result[]> {
  const items: Result[] = [];
  for (let cursor: string | undefined; ;) {
    const query = { limit: 500, ...(cursor && { cursor }) };
    const { data, error } = await client.GET('/v1/access-links/send-jobs/{id}/results', {
      params: { path: { id }, query },
    });
    if (!data) throw new Error(JSON.stringify(error));
    items.push(...data.items);
    if (data.nextCursor === null) return items;
    cursor = data.nextCursor;
  }
}

/** What the file has that links are delivered to; a line that a process died in is none. */
async function writtenLinks({ folder }: StandaloneSystem): Promise<{ linkId: string; userId: string }[]> {
  const text = await readFile(join(folder, 'outbox', 'access-links.jsonl'), 'utf8').catch(() => '');
  const whole = text.split('\n').filter((line) => line.endsWith('}'));
  return whole.map((line) => JSON.parse(line) as { linkId: string; userId: string });
}

async function query<Row extends pg.QueryResultRow>({ adminUrl }: StandaloneSystem, statement: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}

async function companyId(system: StandaloneSystem): Promise<string> {
  const [row] = await query<{ id: string }>(
    system,
    `select replace(id::text, '-', '') as id from user_admin.company where name = 'Links'`,
  );
  return row?.id ?? '';
}

async function deliveredLinks(system: StandaloneSystem): Promise<number> {
  const count = `select count(*)::integer as n from user_admin.access_link where state = 'delivered'`;
  // The database ends and begins with the process.
  return (await query<{ n: number }>(system, count).catch(() => []))[0]?.n ?? -1;
}

async function sent(system: StandaloneSystem): Promise<Record<string, number> | undefined> {
  const [row] = await query<Record<string, number>>(
    system,
    `select (select count(*)::integer from user_admin.access_link where requested_at is not null) as links,
            (select count(distinct user_id)::integer from user_admin.access_link where requested_at is not null) as people,
            (select count(*)::integer from user_admin.audit_log where action = 'link-sent') as notes,
            (select count(distinct subject_id)::integer from user_admin.audit_log where action = 'link-sent') as noted`,
  );
  return row;
}

/** By the database, whose triggers do what they do for every account: one by one over HTTP they would take a minute. */
async function addAccounts(system: StandaloneSystem): Promise<void> {
  await query(
    system,
    `do $$ begin
       perform set_config('muster.actor', 'system', true), set_config('muster.cause', 'test', true),
               set_config('muster.company', (select id::text from user_admin.company where name = 'Links'), true);
       insert into user_admin.user_account
         (id, company_id, kind, email, username, display_name, authorization_level, has_own_schedule, language)
       select uuidv7(), current_setting('muster.company')::uuid, 'staff', 'many' || n || '@example.com', 'many' || n,
              'Many ' || n, 0, false, 'en' from generate_series(1, ${ADDED}) n;
     end $$`,
  );
}
