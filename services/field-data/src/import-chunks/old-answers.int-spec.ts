import { afterAll, beforeAll, expect, it } from 'vitest';
import { OldAnswers } from '@muster/import-owner';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { startTestService, type TestService } from '@muster/testing';
import { FIELD_DATA } from '../definition.js';

let service: TestService;

beforeAll(async () => {
  service = await startTestService(FIELD_DATA);
});
afterAll(() => service?.stop());

const query = (scope: Scope, sql: string, values: unknown[] = []) =>
  service.app.get(UnitOfWork).run(scope, (manager) => manager.query<{ id: string }[]>(sql, values));

it.each([
  [
    'chunk_result',
    `insert into chunk_result (company_id, import_id, seq, restore_point_id, answers, at)
     select $1, $2, n, $2, '[{"row":2,"outcome":"created"}]', now() - make_interval(days => $3) from generate_series(1, 3) n`,
  ],
  [
    'absentee',
    `insert into absentee (company_id, import_id, plan_id, record_id, at)
     select $1, $2, $2, uuidv7(), now() - make_interval(days => $3)`,
  ],
  [
    'absentee_tally',
    `insert into absentee_tally (company_id, plan_id, whose, noted, removed, at)
     select $1, $2, $2, 1, 0, now() - make_interval(days => $3)`,
  ],
])(
  '%s: what an import left is deleted after 31 days, in every company, without another that ends',
  async (table, insert) => {
    const companies = [newId(), newId()].map((companyId) => ({ companyId, actor: 'system', cause: 'request:test' }));
    const kept = newId();
    for (const scope of companies) {
      await query(scope, insert, [scope.companyId, newId(), 32]);
      await query(scope, insert, [scope.companyId, kept, 30]);
    }
    service.app.get(OldAnswers).wake();
    const of = table === 'absentee_tally' ? 'plan_id' : 'import_id';
    const left = () => Promise.all(companies.map((scope) => query(scope, `select distinct ${of} as id from ${table}`)));
    await expect.poll(left).toEqual(companies.map(() => [{ id: kept }]));
  },
);
