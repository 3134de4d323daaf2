import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import { NOTES } from './audit-entry.js';
import { AuditTrail } from './audit-trail.js';
import { AuditDatabase, scopeOf } from './test-support/audit-database.js';

let db: AuditDatabase;
beforeAll(async () => {
  db = await AuditDatabase.create();
});
afterAll(() => db?.drop());

const trail = new AuditTrail();

describe('nobody', () => {
  it.each([
    [
      'insert',
      `insert into audit_log (company_id, actor, cause, action, subject_kind, subject_id, changes)
                values (current_setting('muster.company')::uuid, 'x', 'x', 'changed', 'user', 'x', '[]')`,
    ],
    ['update', `update audit_log set actor = 'somebody else'`],
    ['delete', 'delete from audit_log'],
    ['truncate', 'truncate audit_log'],
    ['rule', `update audited_table set rules = '{}'`],
    ['compilation', `select compile_audit('user_account'::regclass, 'user_account', '{}')`],
  ])('as the app role: %s', async (_name, statement) => {
    const scope = scopeOf();
    await db.insertAccount(scope);
    await expect(db.run(scope, statement)).rejects.toThrow(/permission denied|row-level security|must be owner/);
    expect(await db.entries(scope)).toHaveLength(1);
  });

  it('as the app role forges entries by a trigger on a table of its own', async () => {
    const forging = db.uow.run(scopeOf(), async (manager) => {
      await manager.query('create temporary table forged (like user_account)');
      await manager.query(`create trigger forge after insert on forged referencing new table as new_rows
        for each statement execute function user_admin.audit_user_account()`);
    });
    await expect(forging).rejects.toThrow(/permission denied for function .*audit_user_account/);
  });

  it('as the worker reads it', async () => {
    const reading = db.uow.runAsWorker((manager) => manager.query('select 1 from audit_log'));
    await expect(reading).rejects.toThrow('permission denied');
  });

  it('as the owner, but for erasing and for a company that is deleted, changes or deletes entries', async () => {
    const scope = scopeOf();
    await db.insertAccount(scope);
    await db.asOwner(scope, `update audit_log set actor = 'somebody else'`);
    await db.asOwner(scope, 'delete from audit_log');
    await expect(db.asOwner(scope, 'truncate audit_log')).rejects.toThrow('permission denied');
    expect(await db.entries(scope)).toMatchObject([{ actor: 'user:test' }]);
  });

  it('of another company sees it', async () => {
    const [one, two] = [scopeOf(), scopeOf()];
    const id = await db.insertAccount(one);
    await db.insertAccount(two);
    expect(await db.entries(two, { subjectId: id })).toEqual([]);
    expect(await db.entries(two)).toHaveLength(1);
    await expect(db.dataSource.query('select 1 from audit_log')).rejects.toThrow('permission denied');
  });
});

describe('a note', () => {
  it.each(NOTES)('of %s is taken', async (action) => {
    const scope = scopeOf();
    const subject = { kind: 'user', id: newId(), label: 'Rita Rep' } as const;
    await db.uow.run(scope, (manager) =>
      trail.note(manager, { action, subject, details: { address: '192.0.2.1', tries: 3 } }),
    );
    expect(await db.entries(scope)).toMatchObject([
      { action, actor: 'user:test', cause: 'request:test', subjectKind: 'user', subjectId: subject.id },
    ]);
    expect((await db.entries(scope, { field: 'address' }))[0]?.changes).toContainEqual({
      field: 'address',
      from: null,
      to: '192.0.2.1',
    });
  });

  it.each(['changed', 'deleted', 'erased', 'anything'])('of %s is not', async (action) => {
    const noting = db.run(scopeOf(), `select note_audit($1, 'user', 'x', null, null, '{}')`, action);
    await expect(noting).rejects.toThrow(`the audit log takes no note of ${action}`);
  });

  it('needs actor and cause', async () => {
    const noting = db.run({ ...scopeOf(), actor: '' }, `select note_audit('signed-in', 'user', 'x', null, null, '{}')`);
    await expect(noting).rejects.toThrow('names no actor and cause');
  });
});

describe('erasing a person', () => {
  it('leaves that something happened, and an entry', async () => {
    const scope = scopeOf();
    const id = await db.insertAccount(scope);
    const other = await db.insertAccount(scope, 'other@example.com');
    await db.run(scope, `update user_account set login_enabled = false, note = 'ill', title = 'Dr' where id = $1`, id);
    const link = {
      action: 'link-sent',
      subject: { kind: 'access-link', id: newId(), label: 'rita@example.com' },
    } as const;
    await db.uow.run(scope, (manager) => trail.note(manager, { ...link, personId: id, details: { to: '+43 1 234' } }));
    await db.asOwner(scope, 'delete from user_account where id = $1', id);
    const before = await db.entries(scope);

    const { pseudonym, entries: count } = await db.uow.run(scope, (manager) => trail.erase(manager, id));
    expect(pseudonym).toMatch(/^erased-[0-9a-f]{10}$/);
    expect(count).toBe(4);
    const [erased, ...after] = await db.entries(scope);
    expect(erased).toMatchObject({ action: 'erased', subjectId: id, subjectLabel: pseudonym, actor: 'user:test' });
    expect(after.map(({ id, at, action, actor }) => ({ id, at, action, actor }))).toEqual(
      before.map(({ id, at, action, actor }) => ({ id, at, action, actor })),
    );
    const about = after.filter(({ subjectId }) => subjectId !== other);
    expect(JSON.stringify(about)).not.toMatch(/rita|Rita|Rep|ill|Dr|1010|08:00|234/);
    expect(about.map(({ subjectLabel }) => subjectLabel)).toEqual([pseudonym, pseudonym, pseudonym, pseudonym]);
    const changed = about.find(({ action }) => action === 'changed');
    expect(changed?.changes).toEqual([
      { field: 'loginEnabled', from: true, to: false },
      { field: 'title', from: null, to: pseudonym },
      { field: 'note', from: null, to: pseudonym },
    ]);
    expect(after.find(({ subjectId }) => subjectId === other)).toMatchObject({ subjectLabel: 'Rita Rep' });
    expect(await db.uow.run(scope, (manager) => trail.erase(manager, id))).toEqual({ pseudonym, entries: 0 });
  });

  it('who is still there is refused', async () => {
    const scope = scopeOf();
    const id = await db.insertAccount(scope);
    await expect(db.uow.run(scope, (manager) => trail.erase(manager, id))).rejects.toThrow('cannot be erased');
  });

  it('of another company does nothing', async () => {
    const [one, two] = [scopeOf(), scopeOf()];
    const id = await db.insertAccount(one);
    await db.asOwner(one, 'delete from user_account where id = $1', id);
    expect(await db.uow.run(two, (manager) => trail.erase(manager, id))).toMatchObject({ entries: 0 });
    expect((await db.entries(one)).at(-1)).toMatchObject({ subjectLabel: 'Rita Rep' });
    expect(await db.entries(two)).toEqual([]);
  });

  it('opens entries to nobody else', async () => {
    const scope = scopeOf();
    const id = await db.insertAccount(scope);
    const changing = db.uow.run(scope, async (manager) => {
      await manager.query(`select set_config('muster.erased', $1, true)`, [id]);
      await manager.query(`update audit_log set actor = 'x'`);
    });
    await expect(changing).rejects.toThrow('permission denied');
  });
});
