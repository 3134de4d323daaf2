import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AuditFilter } from './audit-log.repository.js';
import { AuditDatabase, scopeOf } from './test-support/audit-database.js';

let db: AuditDatabase;
beforeAll(async () => {
  db = await AuditDatabase.create();
});
afterAll(() => db?.drop());

describe('reading', () => {
  it('goes from page to page, also where few entries pass the filter, and by time', async () => {
    const scope = scopeOf();
    const ids = [];
    for (const n of [1, 2, 3, 4, 5]) ids.unshift(await db.insertAccount(scope, `u${n}@example.com`));
    for (const filter of [{}, { field: 'home' }, { actor: 'user:test', subjectKind: 'user' }] satisfies AuditFilter[]) {
      const read: string[] = [];
      let next: string | undefined;
      do {
        const before = next;
        const page = await db.uow.run(scope, (manager) => db.log.page(manager, filter, 2, before));
        expect(page.entries.length).toBeLessThanOrEqual(2);
        read.push(...page.entries.map(({ subjectId }) => subjectId));
        next = page.next;
      } while (next !== undefined);
      expect(read).toEqual(ids);
    }
    const [newest] = await db.entries(scope);
    const at = newest?.at ?? new Date(0);
    expect(await db.entries(scope, { from: at })).not.toEqual([]);
    expect((await db.entries(scope, { to: at })).every((entry) => entry.at < at)).toBe(true);
    expect(await db.entries(scope, { from: new Date(at.getTime() + 1) })).toEqual([]);
  });

  it('looks at 20,000 entries at a time for what has no index', async () => {
    const scope = scopeOf();
    const id = await db.insertAccount(scope);
    await db.run(scope, `select note_audit('exported', 'user', 'x', null, null, '{}') from generate_series(1, 20005)`);
    const page = (before?: string) =>
      db.uow.run(scope, (manager) => db.log.page(manager, { action: 'created' }, 10, before));
    const first = await page();
    expect(first).toMatchObject({ entries: [], next: expect.any(String) });
    expect(await page(first.next)).toMatchObject({ entries: [{ subjectId: id }], next: undefined });
    const counted = await db.uow.run(scope, (manager) => db.log.countChanges(manager, { action: 'exported' }, 30_000));
    expect(counted).toBe(20_005);
  });

  it.each(['subject_id', 'cause'])('by %s uses its index, under the policy too', async (column) => {
    const scope = scopeOf();
    await db.run(
      scope,
      `select note_audit('signed-in', 'user', md5(n::text), null, null, '{}') from generate_series(1, 3000) n`,
    );
    const plan = await db.uow.run(scope, async (manager) => {
      await manager.query('set local enable_seqscan = off');
      return JSON.stringify(
        await manager.query(`explain select id from audit_log where ${column} = $1 order by id desc limit 50`, ['x']),
      );
    });
    expect(plan).toMatch(new RegExp(`IDX_audit_log_${column === 'cause' ? 'cause' : 'subject'}`));
    expect(plan).not.toContain('Sort');
  });
});
