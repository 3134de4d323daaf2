import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { EndedJobs } from '@muster/platform';
import { startTestService, type TestService } from '@muster/testing';
import { USER_ADMIN } from './definition.js';
import { JOB_TABLES } from './job-tables.js';

const INSERT: Record<string, string> = {
  mass_change: `insert into mass_change (id, company_id, state, runs, wishes, allow_schedule_removal, total, plan, done, created_by, finished_at)
    select $1, $2, case when $3::int is null then 'planning' else 'completed' end, false, '{}', false, 0, '{}', '{}', 'user:x', now() - make_interval(days => $3)`,
  transfer: `insert into transfer (id, company_id, from_id, to_id, restore_point_id, state, created_by, finished_at)
    select $1, $2, uuidv7(), uuidv7(), uuidv7(), case when $3::int is null then 'running' else 'completed' end, 'user:x', now() - make_interval(days => $3)`,
  access_link_job: `insert into access_link_job (id, company_id, channel, state, total, created_by, cause, finished_at)
    select $1, $2, 'email', case when $3::int is null then 'running' else 'completed' end, 0, 'user:x', 'request:x', now() - make_interval(days => $3)`,
}; // prettier-ignore

describe('what ended long ago', () => {
  let service: TestService;
  let uow: UnitOfWork;

  beforeAll(async () => {
    service = await startTestService(USER_ADMIN);
    uow = service.app.get(UnitOfWork);
  });
  afterAll(() => service?.stop());

  const query = <Row>(scope: Scope, sql: string, values: unknown[] = []) =>
    uow.run(scope, (manager) => manager.query<Row[]>(sql, values));

  it.each(JOB_TABLES.map((table) => [table.table, table] as const))(
    '%s: is forgotten with its rows after 30 days, in every company, without anybody beginning another',
    async (table, { rows }) => {
      const companies = [newId(), newId()].map((companyId) => ({ companyId, actor: 'user:x', cause: 'request:x' }));
      const [days29, days31] = [newId(), newId()];
      for (const scope of companies) {
        await query(scope, INSERT[table] ?? '', [newId(), scope.companyId, 31]);
      }
      const [one] = companies;
      if (!one) throw new Error('unreachable');
      await query(one, INSERT[table] ?? '', [days29, one.companyId, 29]);
      await query(one, INSERT[table] ?? '', [days31, one.companyId, 31]);
      if (rows) {
        const insert = `insert into ${rows.table} (${rows.job}, user_id, company_id) select job, uuidv7(), $2 from unnest($1::uuid[]) job`;
        await query(one, insert, [[days29, days31], one.companyId]);
      }
      service.app.get(EndedJobs).wake();
      const left = async () =>
        Promise.all(companies.map((scope) => query(scope, `select id from ${table} order by id`)));
      await expect.poll(left).toEqual([[{ id: days29 }], []]);
      if (!rows) return;
      const rowsLeft = await query(one, `select ${rows.job} as job from ${rows.table}`);
      expect(rowsLeft).toEqual([{ job: days29 }]);
    },
  );

  it('what goes on stays, however long it takes', async () => {
    const scope = { companyId: newId(), actor: 'user:x', cause: 'request:x' };
    const ids = await Promise.all(
      ['transfer', 'access_link_job'].map(async (table) => {
        const id = newId();
        await query(scope, INSERT[table] ?? '', [id, scope.companyId, null]);
        await query(scope, `update ${table} set created_at = now() - interval '90 days' where id = $1`, [id]);
        return [table, id] as const;
      }),
    );
    const ended = newId();
    await query(scope, INSERT['transfer'] ?? '', [ended, scope.companyId, 31]);
    service.app.get(EndedJobs).wake();
    await expect.poll(() => query(scope, `select 1 from transfer where id = $1`, [ended])).toEqual([]);
    for (const [table, id] of ids) expect(await query(scope, `select id from ${table}`)).toEqual([{ id }]);
  });
});
