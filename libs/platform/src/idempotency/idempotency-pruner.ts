import { Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { UnitOfWork } from '@muster/persistence';
import { KEPT_HOURS } from './idempotency.js';

const INTERVAL_MS = 15 * 60_000;
const BATCH = 1_000;

/** Deletes stored answers that are no longer kept. */
export class IdempotencyPruner implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger('Idempotency');
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly uow: UnitOfWork) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running = this.prune().then(
        () => undefined,
        (error: unknown) => this.logger.warn({ err: error, msg: 'Stored answers could not be pruned; next time' }),
      );
    }, INTERVAL_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
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
