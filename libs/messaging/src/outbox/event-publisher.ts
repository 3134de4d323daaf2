import { Inject, Injectable } from '@nestjs/common';
import type { EventContract } from '@muster/contracts';
import type { Scope } from '@muster/persistence';
import { groupBy } from '../group-by.js';
import { newEvent } from '../new-event.js';
import { MESSAGING_OPTIONS, type ResolvedMessagingOptions } from '../options.js';
import type { PackedProperties } from '../packed-value.js';
import { serializeEvent } from '../serialization.js';

export interface DirectEvent<D> extends Scope {
  readonly contract: EventContract<D>;
  readonly data: D;
  /** Properties whose JSON lies gzipped already: they go unread in place of what `data` has for them. */
  readonly packed?: PackedProperties<D>;
}

/** Publishes past the outbox: for a queue in the database that is its own outbox, and publishes again until it is answered. */
@Injectable()
export class EventPublisher {
  constructor(@Inject(MESSAGING_OPTIONS) private readonly options: ResolvedMessagingOptions) {}

  /**
   * Resolves when the events are durable with the transport. When it rejects, some may have been published.
   * @throws InvalidEvent before anything is published
   */
  async publish<D>(events: readonly DirectEvent<D>[]): Promise<void> {
    const outgoing = events.map(({ contract, data, packed, ...scope }) => ({
      topic: contract.topic,
      event: serializeEvent(contract, newEvent(this.options.service, contract, scope, data), packed),
    }));
    const byTopic = [...groupBy(outgoing, ({ topic }) => topic)];
    await Promise.all(
      byTopic.map(([topic, ofTopic]) =>
        this.options.transport.publish(
          topic,
          ofTopic.map(({ event }) => event),
        ),
      ),
    );
  }
}
