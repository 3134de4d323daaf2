import { BackgroundTask } from '@muster/messaging';
import { UnitOfWork } from '@muster/persistence';
import { KEPT_HOURS } from './idempotency.js';

const INTERVAL_MS = 15 * 60_000;
const BATCH = 1_000;

/** Deletes stored answers that are no longer kept. */
export class IdempotencyPruner extends BackgroundTask {
  constructor(private readonly uow: UnitOfWork) {
    super('idempotency-pruner', INTERVAL_MS);
  }

  protected async work(): Promise<boolean> {
    await this.prune();
    return false;
  }

  /** @returns how many were deleted */
  async prune(): Promise<number> {
    for (let total = 0; ;) {
      const deleted = await this.pruneBatch();
      total += deleted;
      if (deleted < BATCH) return total;
    }
  }

  private async pruneBatch(): Promise<number> {
    const [row] = await this.uow.runAsWorker((manager) =>
      manager.query<{ deleted: number }[]>(
        `with old as (
           delete from idempotency_key where ctid = any (array(
             select ctid from idempotency_key where created_at < now() - interval '${KEPT_HOURS} hours' limit ${BATCH}))
           returning 1)
         select count(*) as deleted from old`,
      ),
    );
    return row?.deleted ?? 0;
  }
}
