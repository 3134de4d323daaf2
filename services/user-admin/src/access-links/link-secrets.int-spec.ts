import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accessLinkRequested } from '@muster/contracts';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { sendTo } from './test-support.js';

const logged: string[] = [];
let server: UserAdmin;
let company: TestCompany;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-links-'));
  const logs = { write: (line: string) => void logged.push(line) };
  server = await UserAdmin.start({ config: { linkDelivery: 'file', linkFolder: folder }, logs });
  company = await server.company();
});
afterAll(async () => {
  await server?.service.stop();
  await rm(folder, { recursive: true });
});

async function sentTo(email: string): Promise<string> {
  const { body } = await server.createUser(company.token, { email, hasOwnSchedule: false });
  return (await sendTo(server, company, String(body['id']), folder)).token;
}

/** Of every table in the database, the event log among them, as text. */
async function everyRow(): Promise<string[]> {
  const client = new pg.Client({ connectionString: server.service.database.adminUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const all: string[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
      all.push(...rows.map(({ row }) => row));
    }
    return all;
  } finally {
    await client.end();
  }
}

it('tokens and passwords stand in no table, event, log line or answer', async () => {
  const password = 'zebra kiosk pfad nebel';
  const [used, unused] = [await sentTo('used@example.com'), await sentTo('unused@example.com')];
  const accept = (json: object) => server.call('POST', `/v1/access-links/${used}/accept`, { json });
  await server.call('GET', `/v1/access-links/${used}`);
  const answers = [await accept({ password: 'short' }), await accept({ password }), await accept({ password })];
  expect(answers.map(({ status }) => status)).toEqual([422, 200, 410]);
  for (const path of ['/v1/users', '/v1/audit-log', `/v1/access-links/${used}`]) {
    answers.push(await server.call('GET', path, { token: company.token }));
  }
  await expect.poll(() => server.service.events(accessLinkRequested).length).toBe(2);
  const everything = [...answers.map(({ body }) => JSON.stringify(body)), ...logged, ...(await everyRow())].join('\n');
  // What is looked through is what there is.
  const there = ['used@example.com', 'access-link.requested.v1', 'POST /v1/access-links/:token/accept 200'];
  const found = (text: string) => everything.includes(text);
  expect(there.filter(found)).toEqual(there);
  expect([used, unused, password].filter(found)).toEqual([]);
});
