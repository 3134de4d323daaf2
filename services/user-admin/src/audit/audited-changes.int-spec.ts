import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate, newId } from '@muster/persistence';
import { USER_ADMIN_DATABASE } from '../database.js';
import { ACCOUNT_FIELDS } from '../users/account-fields.js';
import { AuditDatabase, scopeOf } from './test-support/audit-database.js';

let db: AuditDatabase;
beforeAll(async () => {
  db = await AuditDatabase.create();
});
afterAll(() => db?.drop());

describe('a change of an account', () => {
  it('is an entry: what is set when it is made, from and to when it changes, what was there when it goes', async () => {
    const scope = scopeOf();
    const id = await db.insertAccount(scope);
    await db.run(
      scope,
      `update user_account set version = 2, home_postal_code = null, title = 'Dr', group_ids = '{}', email = email
        where id = $1`,
      id,
    );
    await db.asOwner(scope, 'delete from user_account where id = $1', id);
    const [deleted, changed, created] = await db.entries(scope, { subjectKind: 'user' });
    expect(created).toMatchObject({ action: 'created', actor: 'user:test', cause: 'request:test', subjectId: id });
    expect(created?.subjectLabel).toBe('Rita Rep');
    // In the order of columns; neither presets (loginEnabled) nor what follows from other columns (phone_e164).
    expect(created?.changes).toEqual([
      { field: 'kind', from: null, to: 'staff' },
      { field: 'email', from: null, to: 'rita@example.com' },
      { field: 'username', from: null, to: 'rita@example.com' },
      { field: 'displayName', from: null, to: 'Rita Rep' },
      { field: 'authorizationLevel', from: null, to: 0 },
      { field: 'hasOwnSchedule', from: null, to: true },
      { field: 'language', from: null, to: 'de' },
      { field: 'password', secret: 'set' },
      { field: 'phone', from: null, to: '01 234' },
      { field: 'home.postalCode', from: null, to: '1010' },
      { field: 'userGroups', from: null, to: [id] },
      { field: 'workingHours.mon.from', from: null, to: '08:00' },
    ]);
    expect(changed?.changes).toEqual([
      { field: 'title', from: null, to: 'Dr' },
      { field: 'home.postalCode', from: '1010', to: null },
      { field: 'userGroups', from: [id], to: [] },
    ]);
    expect(deleted).toMatchObject({ action: 'deleted', subjectLabel: 'Rita Rep', cause: 'request:owner' });
    expect(deleted?.changes).toContainEqual({ field: 'email', from: 'rita@example.com', to: null });
    expect(deleted?.changes).toContainEqual({ field: 'password', secret: 'removed' });
  });

  it('that changes nothing leaves none', async () => {
    const scope = scopeOf();
    const id = await db.insertAccount(scope);
    await db.run(scope, `update user_account set email = email, version = 2, updated_at = now() where id = $1`, id);
    expect(await db.entries(scope)).toHaveLength(1);
  });

  it('needs actor and cause', async () => {
    const scope = scopeOf();
    const id = await db.insertAccount(scope);
    for (const nobody of [{ actor: '' }, { cause: '' }]) {
      const writing = db.run({ ...scope, ...nobody }, `update user_account set title = 'Dr' where id = $1`, id);
      await expect(writing).rejects.toThrow('names no actor and cause');
    }
  });

  it('of many at once is an entry each, and gone with the unit of work', async () => {
    const scope = scopeOf();
    for (const n of [1, 2, 3]) await db.insertAccount(scope, `u${n}@example.com`);
    await db.run(scope, `update user_account set title = case email when 'u2@example.com' then null else 'Dr' end`);
    expect(await db.entries(scope, { action: 'changed' })).toHaveLength(2);
    const failing = db.uow.run(scope, async (manager) => {
      await manager.query(`update user_account set title = 'Mag'`);
      throw new Error('given up');
    });
    await expect(failing).rejects.toThrow('given up');
    expect(await db.entries(scope, { action: 'changed' })).toHaveLength(2);
  });

  it('names fields as the API does, whatever column they stand in', async () => {
    const fields = ACCOUNT_FIELDS.filter(({ id }) => id !== 'id');
    const named = await db.owner.query<{ id: string; column: string }[]>(
      `select c as column, audit_field(c, t.rules) as id from audited_table t, unnest($1::text[]) c
        where t.name = 'user_account'`,
      [fields.map(({ column }) => column)],
    );
    expect(named).toEqual(fields.map(({ id, column }) => ({ id, column })));
  });

  it('is seen also in columns that came later, before the functions are made anew and after', async () => {
    const scope = scopeOf();
    const id = await db.insertAccount(scope);
    await db.owner.query(
      'alter table user_account add column home_later text, add column later integer not null default 7',
    );
    await db.run(scope, `update user_account set home_later = 'a' where id = $1`, id);
    await migrate(USER_ADMIN_DATABASE, db.database.urls['user-admin'].ownerUrl);
    await db.run(scope, `update user_account set home_later = 'b', later = 8 where id = $1`, id);
    await db.owner.query('alter table user_account drop column home_later, drop column later');
    await db.run(scope, `update user_account set title = 'Dr' where id = $1`, id);
    const changes = (await db.entries(scope, { action: 'changed' })).map((entry) => entry.changes);
    expect(changes).toEqual([
      [{ field: 'title', from: null, to: 'Dr' }],
      [
        { field: 'home.later', from: 'a', to: 'b' },
        { field: 'later', from: 7, to: 8 },
      ],
      [{ field: 'home.later', from: null, to: 'a' }],
    ]);
  });
});

describe('secrets', () => {
  it('are never in it: of a key and a password only that they were set, changed or removed', async () => {
    const scope = scopeOf();
    const id = await db.insertAccount(scope);
    await db.run(scope, `update user_account set password_hash = 'also secret' where id = $1`, id);
    await db.run(scope, `update user_account set password_hash = null where id = $1`, id);
    const key = newId();
    await db.run(
      scope,
      `insert into api_key (id, company_id, name, scopes, secret_hash, created_by)
       values ($1, $2, 'ERP', '{users:read}', 'secret of the key', 'user:x')`,
      ...[key, scope.companyId],
    );
    await db.run(
      scope,
      `update api_key set previous_hash = secret_hash, secret_hash = 'secret too' where id = $1`,
      key,
    );
    const all = await db.entries(scope);
    expect(JSON.stringify(all)).not.toMatch(/secret of|secret too|very secret|also secret/);
    expect(all.map(({ changes }) => changes.filter((change) => 'secret' in change))).toEqual([
      [
        { field: 'secret', secret: 'changed' },
        { field: 'previousSecret', secret: 'set' },
      ],
      [{ field: 'secret', secret: 'set' }],
      [{ field: 'password', secret: 'removed' }],
      [{ field: 'password', secret: 'changed' }],
      [{ field: 'password', secret: 'set' }],
    ]);
  });

  it('of a key are looked up and used by the worker, who has no company, without an entry', async () => {
    const scope = scopeOf();
    const key = newId();
    const insert = `insert into api_key (id, company_id, name, scopes, secret_hash, created_by)
      values ($1, $2, 'x', '{}', 'x', 'system')`;
    await db.run(scope, insert, key, scope.companyId);
    await db.uow.runAsWorker((manager) =>
      manager.query('update api_key set last_used_at = now() where id = $1', [key]),
    );
    await db.uow.runAsWorker((manager) => manager.query(insert, [newId(), null]));
    expect(await db.entries(scope)).toHaveLength(1);
  });
});
