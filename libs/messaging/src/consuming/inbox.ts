import { Injectable } from '@nestjs/common';
import type { EventEnvelope } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';

/** Older than anything that a transport may still repeat: topics keep their events 7 days. */
const KEPT = '14 days';

/** Makes the effect of an event happen once: it is noted in the transaction of the effect. */
@Injectable()
export class Inbox {
  constructor(private readonly uow: UnitOfWork) {}

  /**
   * Runs `effect` in a unit of work of the event's company, under its actor, cause and trace. Does nothing when
   * `consumer` has handled the event; while another transaction is at it, waits for its end.
   * @returns whether `effect` ran
   */
  once(consumer: string, event: EventEnvelope, effect: () => Promise<void>): Promise<boolean> {
    const { companyId, actor, cause, traceparent } = event;
    return this.uow.run({ companyId, actor, cause, ...(traceparent && { traceparent }) }, async (manager) => {
      const noted = await manager.query<unknown[]>(
        `insert into "inbox" (consumer, event_id, company_id) values ($1, $2, $3) on conflict do nothing returning at`,
        [consumer, event.id, companyId],
      );
      if (noted.length === 0) return false;
      await effect();
      return true;
    });
  }

  /** Forgets what no transport repeats any more. */
  async prune(): Promise<void> {
    await this.uow.runAsWorker((manager) => manager.query(`delete from "inbox" where at < now() - interval '${KEPT}'`));
  }
}
