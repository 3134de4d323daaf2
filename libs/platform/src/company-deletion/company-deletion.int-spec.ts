import { afterAll, beforeAll, expect, it } from 'vitest';
import { companyDeleted } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { startTestService, type TestService } from '@muster/testing';
import { Gate, notesService } from '../test-support/notes-service.js';
import { CompanyDeletion } from './company-deletion.js';

let service: TestService;
let uow: UnitOfWork;
const swept: string[] = [];

beforeAll(async () => {
  service = await startTestService(notesService(new Gate()));
  uow = service.app.get(UnitOfWork);
  service.app.get(CompanyDeletion).also(async (companyId) => {
    swept.push(companyId);
  });
});
afterAll(() => service?.stop());

const scopeOf = (): Scope => ({ companyId: newId(), actor: 'operator:x', cause: 'request:deletion' });

async function addNotes({ companyId, ...scope }: Scope, count: number): Promise<void> {
  await uow.run({ companyId, ...scope }, (manager) =>
    manager.query(
      `insert into note (id, company_id, text) select gen_random_uuid(), $1, 'n' from generate_series(1, $2::integer)`,
      [companyId, count],
    ),
  );
}

async function count(scope: Scope, table = 'note'): Promise<number> {
  const [row] = await uow.run(scope, (manager) => manager.query<{ n: number }[]>(`select count(*) as n from ${table}`));
  return row?.n ?? 0;
}

it('what a service has of a deleted company goes, row by row and otherwise; that of others stays', async () => {
  const [scope, other] = [scopeOf(), scopeOf()];
  await addNotes(scope, 5_000);
  await addNotes(other, 3);
  await uow.run(scope, (manager) =>
    manager.query(
      `insert into idempotency_key (company_id, actor, operation, key, fingerprint, status, headers)
       values ($1, 'user:x', 'createNote', 'k', 'f', 201, '{}')`,
      [scope.companyId],
    ),
  );
  await service.publish(companyDeleted, scope, { companyId: scope.companyId });
  await expect.poll(() => count(scope)).toBe(0);
  await expect.poll(() => count(scope, 'idempotency_key')).toBe(0);
  expect(swept).toContain(scope.companyId);
  expect(swept).not.toContain(other.companyId);
  expect(await count(other)).toBe(3);
  const noted = await uow.run(scope, (manager) =>
    manager.query<{ swept: boolean }[]>('select swept_at is not null as swept from deleted_company'),
  );
  expect(noted).toHaveLength(1);
});

it('what comes in late goes too', async () => {
  const scope = scopeOf();
  await service.publish(companyDeleted, scope, { companyId: scope.companyId });
  const since = (interval: string) =>
    uow.run(scope, (manager) =>
      manager.query<unknown[]>(
        `update deleted_company set swept_at = swept_at - $1::interval, at = at - $1::interval
          where swept_at is not null returning 1`,
        [interval],
      ),
    );
  await expect.poll(async () => (await since('2 minutes'))[1]).toBe(1);
  await addNotes(scope, 3);
  service.app.get(CompanyDeletion).wake();
  await expect.poll(() => count(scope)).toBe(0);
});

it('a company that was not deleted is not forgotten, whoever asks', async () => {
  const scope = scopeOf();
  await addNotes(scope, 2);
  const attempt = uow.run(scope, (manager) => manager.query('select forget_company(100)'));
  await expect(attempt).rejects.toThrow('was not deleted');
  expect(await count(scope)).toBe(2);
});
