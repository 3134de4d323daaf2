import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { administratorsOfCompany, findReps, repsInSight, resolveReps, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { Questions } from '@muster/platform';
import { UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;
const ids = new Map<string, Id>();

const REPS = [
  { email: 'Rep1@example.com', employeeNumber: '007' },
  { email: 'rep2@example.com', employeeNumber: '7' },
  { email: 'gone@example.com', employeeNumber: 'G' },
  { email: 'office@example.com', employeeNumber: 'O', hasOwnSchedule: false },
  { email: 'portal@example.com', employeeNumber: 'P' },
];

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
  for (const rep of REPS) {
    const { body } = await server.createUser(company.token, rep);
    ids.set(rep.email, String(body['id']));
  }
  await server.change(company.id, 'update user_account set login_enabled = false where id = $1', [
    ids.get('gone@example.com'),
  ]);
  await server.change(company.id, `update user_account set kind = 'portal' where id = $1`, [
    ids.get('portal@example.com'),
  ]);
});
afterAll(() => server?.service.stop());

const byText = (a: string | null, b: string | null) => ((a ?? '') < (b ?? '') ? -1 : 1);
const questions = () => server.service.app.get(Questions);
const resolve = (by: 'email' | 'employeeNumber', values: string[], companyId = company.id) =>
  questions().ask(resolveReps, { companyId, by, values });
const emails = (accounts: { email: string | null }[]) => accounts.map(({ email }) => email).toSorted(byText);

describe('resolving reps', () => {
  it('compares e-mails exactly, and lists what differs in letter case alone apart', async () => {
    const values = [
      'Rep1@example.com',
      'REP2@example.com',
      'nobody@example.com',
      'office@example.com',
      'gone@example.com',
    ];
    const { found, caseOnly, notNamed } = await resolve('email', values);
    expect(emails(found)).toEqual(['Rep1@example.com', 'gone@example.com', 'office@example.com']);
    expect(found.find(({ value }) => value === 'Rep1@example.com')).toEqual({
      value: 'Rep1@example.com',
      userId: ids.get('Rep1@example.com'),
      displayName: 'Rita Rep',
      email: 'Rep1@example.com',
      employeeNumber: '007',
      hasOwnSchedule: true,
      loginEnabled: true,
    });
    expect(found.find(({ email }) => email === 'gone@example.com')).toMatchObject({ loginEnabled: false });
    expect(found.find(({ email }) => email === 'office@example.com')).toMatchObject({ hasOwnSchedule: false });
    expect(caseOnly).toEqual([{ value: 'REP2@example.com', actual: 'rep2@example.com' }]);
    // Nobody named it: a hit but for the letter case is none.
    expect(emails(notNamed)).toEqual(['rep2@example.com']);
  });

  it('finds an account by its own spelling also when another spelling was asked beside', async () => {
    const { found, caseOnly, notNamed } = await resolve('email', [
      'Rep1@example.com',
      'rep1@example.com',
      'Rep1@example.com',
    ]);
    expect(found).toHaveLength(1);
    expect(caseOnly).toEqual([{ value: 'rep1@example.com', actual: 'Rep1@example.com' }]);
    expect(emails(notNamed)).toEqual(['rep2@example.com']);
  });

  it('compares employee numbers as text', async () => {
    const { found, caseOnly, notNamed } = await resolve('employeeNumber', ['007', ' 7', '0007', 'g']);
    expect(found.map(({ value, email }) => [value, email])).toEqual([['007', 'Rep1@example.com']]);
    expect(caseOnly).toEqual([]);
    expect(emails(notNamed)).toEqual(['rep2@example.com']);
  });

  it('names staff only, and nobody of another company', async () => {
    expect((await resolve('email', ['portal@example.com'])).found).toEqual([]);
    const other = await server.company();
    expect(await resolve('email', ['Rep1@example.com'], other.id)).toEqual({ found: [], caseOnly: [], notNamed: [] });
  });

  it('takes nothing, and texts that cannot be stored', async () => {
    expect(emails((await resolve('email', [])).notNamed)).toEqual(['Rep1@example.com', 'rep2@example.com']);
    const { found, caseOnly } = await resolve('email', ['a\0b', '\ud800', '"quoted", {braces}', 'NULL', '\\']);
    expect([found, caseOnly]).toEqual([[], []]);
  });

  it('answers 20,000 values at once', async () => {
    const scale = await server.company({ licences: 100_000 });
    await server.change(
      scale.id,
      `insert into user_account (id, company_id, kind, email, username, display_name, authorization_level, has_own_schedule, language)
       select gen_random_uuid(), $1, 'staff', 'rep' || n || '@example.com', 'rep' || n, 'Rep ' || n, 0, true, 'en'
         from generate_series(1, 20000) n`,
      [scale.id],
    );
    const values = Array.from({ length: 20_000 }, (_, n) => `${n % 2 ? 'REP' : 'rep'}${n + 1}@example.com`);
    const { found, caseOnly, notNamed } = await resolve('email', values, scale.id);
    expect([found.length, caseOnly.length, notNamed.length]).toEqual([10_000, 10_000, 10_000]);
  });
});

describe('finding reps by id', () => {
  it('gives those that the company has', async () => {
    const userIds = [ids.get('rep2@example.com') ?? '', newId()];
    const { found } = await questions().ask(findReps, { companyId: company.id, userIds });
    expect(emails(found)).toEqual(['rep2@example.com']);
    const other = await server.company();
    expect(await questions().ask(findReps, { companyId: other.id, userIds })).toEqual({ found: [] });
  });
});

describe('the reps in sight of a supervisor', () => {
  it('are those who share a group and have a schedule of their own, and the supervisor', async () => {
    const groups: Id[] = [];
    for (const name of ['North', 'South']) {
      const { body } = await server.call('POST', '/v1/user-groups', { token: company.token, json: { name } });
      groups.push(String(body['id']));
    }
    const made = async (email: string, userGroups: Id[], more: object = {}) =>
      String((await server.createUser(company.token, { email, userGroups, ...more })).body['id']);
    const boss = await made('boss@example.com', groups, { authorizationLevel: 1 });
    const [north, south] = [await made('n@example.com', groups.slice(0, 1)), await made('s@example.com', groups)];
    await made('office-north@example.com', groups, { hasOwnSchedule: false });
    await made('alone@example.com', []);
    const seen = async (userId: Id, companyId = company.id) =>
      (await questions().ask(repsInSight, { companyId, userId })).userIds.toSorted();
    expect(await seen(boss)).toEqual([boss, north, south].toSorted());
    expect(await seen(north)).toEqual([boss, north, south].toSorted());
    expect(await seen(newId())).toEqual([]);
    expect(await seen(boss, (await server.company()).id)).toEqual([]);
  });

  it('who are the administrators of a company that can sign in', async () => {
    const of = await server.company({ licences: 5 });
    const made = async (email: string, more: object) =>
      String((await server.createUser(of.token, { email, hasOwnSchedule: false, ...more })).body['id']);
    const second = await made('second@example.com', { authorizationLevel: 2 });
    await made('away@example.com', { authorizationLevel: 2, loginEnabled: false });
    await made('supervisor@example.com', { authorizationLevel: 1 });
    const { userIds } = await questions().ask(administratorsOfCompany, { companyId: of.id });
    expect(userIds).toHaveLength(2);
    expect(userIds).toContain(second);
    expect(await questions().ask(administratorsOfCompany, { companyId: newId() })).toEqual({ userIds: [] });
  });
});

// Row-level security would keep `lower(email)` from any index. A small table is scanned all the same, hence the setting.
it('the look-up of sign-in can use its indexes as the app role', async () => {
  const scope = { companyId: company.id, actor: 'system', cause: 'request:test' };
  const plan = await server.service.app.get(UnitOfWork).run(scope, async (manager) => {
    await manager.query('set local enable_seqscan = off');
    return manager.query<object[]>(
      `explain select 1 from user_account where email_key = lower('A@b.at') or username_key = lower('A@b.at')`,
    );
  });
  expect(JSON.stringify(plan)).toMatch(
    /UQ_user_account_email.*email_key = .*UQ_user_account_username.*username_key = /s,
  );
});
