import type { FactoryProvider } from '@nestjs/common';
import type { Id } from '@muster/contracts';
import { BackgroundTask } from '@muster/messaging';
import { newId, UnitOfWork } from '@muster/persistence';

const POLL_MS = 60 * 60_000;
const DAYS_KEPT = 30;
const COMPANIES_AT_ONCE = 20;
/** Of one company in one unit of work: each may have a hundred thousand rows. */
const JOBS_AT_ONCE = 5;

/** A table of things that a company had done, with a company and an id. */
export interface JobTable {
  readonly table: string;
  /** When a job ended, as SQL; null while it goes on. Made of columns that the worker may read. */
  readonly endedAt: string;
  /** Where its rows are, and by which column they name it. */
  readonly rows?: { readonly table: string; readonly job: string };
}

/** Forgets what ended 30 days ago. */
export class EndedJobs extends BackgroundTask {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly tables: readonly JobTable[],
  ) {
    super('ended-jobs', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    const before = new Date(Date.now() - DAYS_KEPT * 24 * 60 * 60_000);
    let forgotten = 0;
    for (const table of this.tables) {
      const due = await this.companiesDue(table, before);
      await this.each(due, `What ended of ${table.table} cannot be forgotten`, async ({ companyId }) => {
        forgotten += await this.forget(table, companyId, before);
      });
    }
    return forgotten > 0;
  }

  private companiesDue({ table, endedAt }: JobTable, before: Date): Promise<{ companyId: Id }[]> {
    return this.uow.runAsWorker((manager) =>
      manager.query(
        `select distinct company_id as "companyId" from "${table}" where ${endedAt} < $1 limit ${COMPANIES_AT_ONCE}`,
        [before],
      ),
    );
  }

  private forget({ table, endedAt, rows }: JobTable, companyId: Id, before: Date): Promise<number> {
    const scope = { companyId, actor: 'system', cause: `request:${newId()}` };
    return this.uow.run(scope, async (manager) => {
      const [gone] = await manager.query<[{ id: Id }[], number]>(
        `delete from "${table}" where id = any(array(
           select id from "${table}" where company_id = $1 and ${endedAt} < $2 limit ${JOBS_AT_ONCE} for update skip locked))
         returning id`,
        [companyId, before],
      );
      const ids = gone.map(({ id }) => id);
      if (rows) await manager.query(`delete from "${rows.table}" where "${rows.job}" = any($1::uuid[])`, [ids]);
      return ids.length;
    });
  }
}

export function endedJobs(tables: readonly JobTable[]): FactoryProvider<EndedJobs> {
  return { provide: EndedJobs, inject: [UnitOfWork], useFactory: (uow: UnitOfWork) => new EndedJobs(uow, tables) };
}
