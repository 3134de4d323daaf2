import { vi } from 'vitest';
import { recordsChanged, type Id } from '@muster/contracts';
import { newId, UnitOfWork, type Scope } from '@muster/persistence';
import { PATIENT, startTestService, type TestService } from '@muster/testing';
import { FIELD_DATA } from '../definition.js';
import { RepSchedulesRepository } from '../schedules/rep-schedules.repository.js';

/** field-data, and what a test does with all records of a rep. */
export class RepTestbed {
  static async start(): Promise<RepTestbed> {
    return new RepTestbed(await startTestService(FIELD_DATA));
  }

  readonly uow: UnitOfWork;

  private constructor(readonly service: TestService) {
    this.uow = service.app.get(UnitOfWork);
  }

  scope(companyId: Id = newId()): Scope {
    return { companyId, actor: 'user:ada', cause: 'request:change' };
  }

  query<Row>(scope: Scope, statement: string, parameters: unknown[] = []): Promise<Row[]> {
    return this.uow.run(scope, (manager) => manager.query<Row[]>(statement, parameters));
  }

  /** Customers with the external ids `1` to `count`, every third in the recycle bin; to each tenth belongs a task. */
  async addRecords(scope: Scope, repId: Id, count: number): Promise<void> {
    await this.query(
      scope,
      `insert into customer (id, company_id, rep_id, external_id, name1, deleted_at)
       select uuidv7(), $1, $2, n::text, 'Customer ' || n, case when n % 3 = 0 then now() end
         from generate_series(1, $3::integer) n`,
      [scope.companyId, repId, count],
    );
    await this.query(
      scope,
      `insert into task (id, company_id, rep_id, subject, customer_id)
       select uuidv7(), company_id, rep_id, 'Call', id from customer
        where company_id = $1 and rep_id = $2 and external_id::integer % 10 = 0`,
      [scope.companyId, repId],
    );
  }

  /** While another unit of work holds the schedule of a rep, so that it neither ends nor begins; until somebody waits for that. */
  async whileHeld(scope: Scope, repId: Id, work: () => Promise<void>): Promise<void> {
    const waiting = `select 1 from pg_locks where locktype = 'advisory' and not granted
      and database = (select oid from pg_database where datname = current_database())`;
    const [held, enough] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const holding = this.uow.run(scope, async (manager) => {
      await this.service.app.get(RepSchedulesRepository).hold(manager, { companyId: scope.companyId, repId });
      held.resolve();
      await enough.promise;
    });
    try {
      await Promise.race([held.promise, holding]);
      await work();
      await vi.waitFor(async () => {
        if ((await this.query(scope, waiting)).length === 0) throw new Error('Nobody waits');
      }, PATIENT);
    } finally {
      enough.resolve();
      await holding;
    }
  }

  async count(scope: Scope, table: string, repId: Id): Promise<number> {
    const [row] = await this.query<{ n: number }>(scope, `select count(*) as n from ${table} where rep_id = $1`, [
      repId,
    ]);
    return row?.n ?? 0;
  }

  /** How many records of an entity `records.changed.v1` has named so far, each once. */
  told(repId: Id, entity: string, how: 'created' | 'removed'): number {
    const events = this.service
      .events(recordsChanged)
      .filter(({ data }) => data.repId === repId && data.entity === entity);
    const ids = events.flatMap(({ data }) => data[how]);
    if (new Set(ids).size < ids.length) throw new Error('A record was told twice');
    return ids.length;
  }
}
