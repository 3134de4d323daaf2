import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnitOfWork } from '@muster/persistence';
import { UserAdmin } from '../test-support/user-admin.js';

// What holds also against code that asks nobody: these statements go past all rules of the service.

let server: UserAdmin;
beforeAll(async () => {
  server = await UserAdmin.start();
});
afterAll(() => server?.service.stop());

const ADD = `insert into user_account
    (id, company_id, kind, email, username, display_name, authorization_level, has_own_schedule, language)
  select gen_random_uuid(), current_setting('muster.company')::uuid, 'staff', $1 || n, $1 || n, $1, 0, true, 'en'
    from generate_series(1, $2::int) n`;
const inUse = async (companyId: string) => {
  const rows = (await server.change(companyId, 'select in_use from licence_use', [])) as { in_use: number }[];
  return rows[0]?.in_use ?? 0;
};
/** Runs statements in one unit of work. */
const together = (companyId: string, statements: [string, unknown[]][], cause = 'request:test') =>
  server.service.app.get(UnitOfWork).run({ companyId, actor: 'system', cause }, async (manager) => {
    for (const [statement, parameters] of statements) await manager.query(statement, parameters);
  });

describe('licences', () => {
  it('are never exceeded, also by one statement for many', async () => {
    const { id } = await server.company({ licences: 3 });
    await expect(server.change(id, ADD, ['a', 4])).rejects.toThrow('more schedules than licences');
    await server.change(id, ADD, ['a', 3]);
    expect(await inUse(id)).toBe(3);
    await expect(server.change(id, ADD, ['b', 1])).rejects.toMatchObject({ constraint: 'CK_licences' });
    expect(await inUse(id)).toBe(3);
  });

  it('may change hands within a unit of work', async () => {
    const { id } = await server.company({ licences: 2 });
    await server.change(id, ADD, ['a', 2]);
    await together(id, [
      [ADD, ['b', 1]],
      [`update user_account set has_own_schedule = false where email = 'a1'`, []],
    ]);
    expect(await inUse(id)).toBe(2);
  });

  it('are not in the way of a restore', async () => {
    const { id } = await server.company({ licences: 1 });
    await together(id, [[ADD, ['a', 2]]], 'restore:1');
    expect(await inUse(id)).toBe(2);
    await server.change(id, `update user_account set title = 'Dr.'`, []);
    await server.change(id, `update user_account set kind = 'portal' where email = 'a1'`, []);
    expect(await inUse(id)).toBe(1);
  });

  it('are given once to two writers at the same time', async () => {
    const { id } = await server.company({ licences: 1 });
    const results = await Promise.allSettled(['a', 'b', 'c', 'd'].map((name) => server.change(id, ADD, [name, 1])));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await inUse(id)).toBe(1);
  });
});

describe('the last administrator', () => {
  const LOSE = [
    'update user_account set login_enabled = false where email_key = $1',
    'update user_account set authorization_level = 0 where email_key = $1',
    `update user_account set kind = 'portal' where email_key = $1`,
  ];

  it.each(LOSE)('stays: %s', async (statement) => {
    const { id, email } = await server.company();
    const losing = server.change(id, statement, [email.toLowerCase()]);
    await expect(losing).rejects.toMatchObject({ constraint: 'CK_last_administrator' });
  });

  it.each(LOSE)('is one of two, whom two writers take at the same time: %s', async (statement) => {
    const { id, email, token } = await server.company();
    await server.createUser(token, { email: 'second@example.com', authorizationLevel: 2 });
    const both = [email.toLowerCase(), 'second@example.com'].map((key) => server.change(id, statement, [key]));
    const results = await Promise.allSettled(both);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('may hand over within a unit of work', async () => {
    const { id, email, token } = await server.company();
    await server.createUser(token, { email: 'heir@example.com' });
    await together(id, [
      [LOSE[1] ?? '', [email.toLowerCase()]],
      [`update user_account set authorization_level = 2 where email_key = 'heir@example.com'`, []],
    ]);
    const left = await server.change(id, 'select email from user_account where authorization_level = 2', []);
    expect(left).toEqual([{ email: 'heir@example.com' }]);
  });
});
