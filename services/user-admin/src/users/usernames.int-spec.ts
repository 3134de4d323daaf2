import { afterAll, beforeAll, expect, it } from 'vitest';
import { UnitOfWork } from '@muster/persistence';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';
import { Usernames } from './usernames.js';

let server: UserAdmin;
let company: TestCompany;
beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
  for (const username of ['kim', 'KIM3', 'lee2']) {
    await server.createUser(company.token, { email: `${username}@taken.example.com`, username });
  }
});
afterAll(() => server?.service.stop());

const free = (emails: readonly string[], companyId = company.id) => {
  const scope = { companyId, actor: 'system', cause: 'request:test' };
  const usernames = server.service.app.get(Usernames);
  return server.service.app.get(UnitOfWork).run(scope, (manager) => usernames.free(manager, companyId, emails));
};

it('usernames of many are made at once: free, each once, in order', async () => {
  const emails = ['Kim@a.at', 'kim@b.at', 'lee@a.at', 'kim2@a.at', 'Lee@b.at', 'x@a.at', 'kim@c.at'];
  expect(await free(emails)).toEqual(['Kim2', 'kim4', 'lee', 'kim22', 'Lee3', 'x', 'kim5']);
});

it('usernames of a thousand namesakes are a thousand names', async () => {
  const emails = Array.from({ length: 1_000 }, (_, n) => `info@host${n}.example.com`);
  const made = await free(emails);
  expect([made[0], made[1], made[999]]).toEqual(['info', 'info2', 'info1000']);
  expect(new Set(made).size).toBe(1_000);
});

it('usernames of hundreds are made at once where thousands have them already', async () => {
  const crowded = await server.company();
  await server.change(
    crowded.id,
    `insert into user_account (id, company_id, kind, email, username, display_name, authorization_level, has_own_schedule, language)
     select uuidv7(), current_setting('muster.company')::uuid, 'portal', n || '@example.com', concat('info', nullif(n, 1)), 'Info', 0,
            false, 'de' from generate_series(1, 10000) n`,
    [],
  );
  const emails = Array.from({ length: 500 }, (_, n) => `info@host${n}.example.com`);
  const began = performance.now();
  const made = await free(emails, crowded.id);
  expect([made[0], made[499]]).toEqual(['info10001', 'info10500']);
  expect(performance.now() - began).toBeLessThan(60_000);
});

it('usernames of one company are none of the business of another', async () => {
  const other = await server.company();
  expect(await free(['kim@a.at'], other.id)).toEqual(['kim']);
  expect(await free([], other.id)).toEqual([]);
});
