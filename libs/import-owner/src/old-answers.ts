import { Injectable } from '@nestjs/common';
import type { Id } from '@muster/contracts';
import { BackgroundTask } from '@muster/messaging';
import { newId, UnitOfWork } from '@muster/persistence';

const POLL_MS = 60 * 60_000;
/** Longer than the rows of an import are kept that could be resumed, and than a repeat of a chunk could come. */
const DAYS_KEPT = 31;
const COMPANIES_AT_ONCE = 20;
/** Of one company and table in one unit of work. */
const ROWS_AT_ONCE = 5_000;

/** What imports leave with the owner of their rows. Each row says of which company it is, and when it was written. */
const TABLES = ['chunk_result', 'absentee', 'absentee_tally'] as const;
type Table = (typeof TABLES)[number];

/** Deletes what nobody can ask for any more of imports of long ago, however they ended and whether another follows. */
@Injectable()
export class OldAnswers extends BackgroundTask {
  constructor(private readonly uow: UnitOfWork) {
    super('old answers to imports', POLL_MS);
  }

  protected async work(): Promise<boolean> {
    const before = new Date(Date.now() - DAYS_KEPT * 24 * 60 * 60_000);
    let deleted = 0;
    for (const table of TABLES) {
      const due = await this.companiesDue(table, before);
      await this.each(due, `Old rows of ${table} cannot be deleted`, async ({ companyId }) => {
        deleted += await this.forget(table, companyId, before);
      });
    }
    return deleted > 0;
  }

  private companiesDue(table: Table, before: Date): Promise<{ companyId: Id }[]> {
    return this.uow.runAsWorker((manager) =>
      manager.query(
        `select distinct company_id as "companyId" from ${table} where at < $1 limit ${COMPANIES_AT_ONCE}`,
        [before],
      ),
    );
  }

  private forget(table: Table, companyId: Id, before: Date): Promise<number> {
    const scope = { companyId, actor: 'system', cause: `request:${newId()}` } as const;
    return this.uow.run(scope, async (manager) => {
      const [, deleted] = await manager.query<[unknown, number]>(
        `delete from ${table} where ctid = any(array(
           select ctid from ${table} where company_id = $1 and at < $2 limit ${ROWS_AT_ONCE} for update skip locked))`,
        [companyId, before],
      );
      return deleted;
    });
  }
}
