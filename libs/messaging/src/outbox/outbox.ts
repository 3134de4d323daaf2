import { Inject, Injectable } from '@nestjs/common';
import type { EventContract } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { newEvent } from '../new-event.js';
import { MESSAGING_OPTIONS, type ResolvedMessagingOptions } from '../options.js';
import { serializeEvent } from '../serialization.js';
import { OutboxRelay } from './outbox-relay.js';

const AT_ONCE = 1_000;

/** Where a unit of work leaves its events: they are released when it has committed, and never when it rolls back. */
@Injectable()
export class Outbox {
  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: ResolvedMessagingOptions,
    private readonly uow: UnitOfWork,
    private readonly relay: OutboxRelay,
  ) {}

  /**
   * Publishes an event of the surrounding unit of work, with its company, actor, cause and trace.
   * @throws InvalidEvent when `data` does not fit the contract or is larger than MAX_EVENT_BYTES
   * @throws Error when no unit of work of a company is open
   */
  async publish<D>(contract: EventContract<D>, data: D): Promise<void> {
    const scope = this.uow.scope();
    const { key, headers, value } = serializeEvent(contract, newEvent(this.options.service, contract, scope, data));
    await this.uow.run(scope, (manager) =>
      manager.query(`insert into "outbox" (company_id, topic, key, headers, value) values ($1, $2, $3, $4, $5)`, [
        scope.companyId,
        contract.topic.name,
        key,
        JSON.stringify(headers),
        value,
      ]),
    );
    this.uow.afterCommit(() => this.relay.wake());
  }

  /** As {@link publish}, many events of one kind with a statement for each thousand of them. */
  async publishAll<D>(contract: EventContract<D>, all: readonly D[]): Promise<void> {
    const scope = this.uow.scope();
    for (let from = 0; from < all.length; from += AT_ONCE) {
      const events = all
        .slice(from, from + AT_ONCE)
        .map((data) => serializeEvent(contract, newEvent(this.options.service, contract, scope, data)));
      await this.uow.run(scope, (manager) =>
        manager.query(
          `insert into "outbox" (company_id, topic, key, headers, value)
           select $1, $2, e.key, e.headers::json, e.value
             from unnest($3::text[], $4::text[], $5::text[]) with ordinality as e(key, headers, value, place)
            order by e.place`,
          [
            scope.companyId,
            contract.topic.name,
            events.map(({ key }) => key),
            events.map(({ headers }) => JSON.stringify(headers)),
            events.map(({ value }) => value),
          ],
        ),
      );
    }
    if (all.length > 0) this.uow.afterCommit(() => this.relay.wake());
  }
}
