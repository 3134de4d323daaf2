import type { Id } from '@muster/contracts';
import { BackgroundTask, isInfrastructureError } from '@muster/messaging';
import { UnitOfWork, type Scope } from '@muster/persistence';

const POLL_MS = 30_000;
/** Rows that one unit of work deletes. */
const AT_ONCE = 2_000;
const COMPANIES_AT_ONCE = 10;
/** Longer than events are kept (7 days) and handled again: what they write for the company afterwards goes as well. */
const LOOKED_AFTER = `interval '15 days'`;

/** Removes what no row tells of, such as files. Called again and again: what is gone already is no error. */
export type AlsoRemove = (companyId: Id) => Promise<void>;

/**
 * Deletes all that a service has of companies that were deleted, in steps of one unit of work. What comes in late, by
 * events and imports that were on their way, is looked for again: after a minute at first, then less and less often.
 */
export class CompanyDeletion extends BackgroundTask {
  private readonly others: AlsoRemove[] = [];

  constructor(private readonly uow: UnitOfWork) {
    super('company-deletion', POLL_MS);
  }

  /** To be called in `onModuleInit`. */
  also(remove: AlsoRemove): void {
    this.others.push(remove);
  }

  /** From now on nothing of the company is kept. */
  begin(scope: Scope): Promise<void> {
    return this.uow.run(scope, async (manager) => {
      await manager.query(`insert into deleted_company (company_id) values ($1) on conflict do nothing`, [
        scope.companyId,
      ]);
      this.uow.afterCommit(() => this.wake());
    });
  }

  protected async work(): Promise<boolean> {
    const due = await this.due();
    for (const companyId of due) {
      try {
        await this.sweep(companyId);
      } catch (error) {
        if (isInfrastructureError(error)) throw error;
        this.logger.error({ companyId, err: error, msg: 'What is left of a deleted company cannot be removed' });
      }
    }
    return false;
  }

  private async due(): Promise<Id[]> {
    const rows = await this.uow.runAsWorker((manager) =>
      manager.query<{ companyId: Id }[]>(
        `select company_id as "companyId" from deleted_company
          where swept_at is null
             or at > clock_timestamp() - ${LOOKED_AFTER}
                and swept_at + least(greatest(swept_at - at, interval '1 minute'), interval '1 hour') < clock_timestamp()
          order by swept_at nulls first limit ${COMPANIES_AT_ONCE}`,
      ),
    );
    return rows.map(({ companyId }) => companyId);
  }

  private async sweep(companyId: Id): Promise<void> {
    const scope = { companyId, actor: 'system', cause: `company:${companyId}` };
    for (const remove of this.others) await remove(companyId);
    let total = 0;
    for (let deleted = -1; deleted !== 0; total += deleted) deleted = await this.step(scope);
    await this.uow.run(scope, (manager) =>
      manager.query(`update deleted_company set swept_at = clock_timestamp() where company_id = $1`, [companyId]),
    );
    if (total > 0) this.logger.log({ companyId, rows: total, msg: 'What was left of a deleted company is removed' });
  }

  private step(scope: Scope): Promise<number> {
    return this.uow.run(scope, async (manager) => {
      const [row] = await manager.query<{ deleted: number }[]>('select forget_company($1) as deleted', [AT_ONCE]);
      return row?.deleted ?? 0;
    });
  }
}
