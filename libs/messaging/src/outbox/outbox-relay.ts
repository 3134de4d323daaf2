import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '@muster/persistence';
import { BackgroundLoop } from '../background-loop.js';
import { MESSAGING_OPTIONS, type ResolvedMessagingOptions } from '../options.js';
import { groupBy } from '../group-by.js';
import { topicNamed } from '../topics.js';
import { countEvents, mayBeMore, takeOldestEvents, type WaitingEvent } from './outbox.repository.js';

const BACKLOG_MS = 10_000;

/**
 * Takes events from the outbox to the transport: delete, publish, commit. It remembers nothing, so the row of a slow
 * transaction is late, never lost; what was published and is there again, since the commit failed, is published again, and the inbox drops it.
 */
@Injectable()
export class OutboxRelay {
  private readonly relaying: BackgroundLoop;
  private readonly counting: BackgroundLoop;

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: ResolvedMessagingOptions,
    private readonly uow: UnitOfWork,
  ) {
    this.relaying = new BackgroundLoop(`outbox relay of ${options.service}`, options.pollMs, () => this.relay());
    this.counting = new BackgroundLoop(`outbox gauge of ${options.service}`, BACKLOG_MS, () => this.measure());
  }

  start(): void {
    this.relaying.start();
    this.counting.start();
  }

  /** There is something in the outbox. */
  wake(): void {
    this.relaying.wake();
  }

  /** Waits for what is being published; what else there is stays in the outbox. */
  async stop(): Promise<void> {
    await Promise.all([this.relaying.stop(), this.counting.stop()]);
  }

  private relay(): Promise<boolean> {
    return this.uow.runAsWorker(async (manager) => {
      const events = await takeOldestEvents(manager, this.options.service);
      if (events.length === 0) return false;
      await this.publish(events);
      // What came meanwhile woke the loop.
      return mayBeMore(events);
    });
  }

  private async publish(events: readonly WaitingEvent[]): Promise<void> {
    const byTopic = groupBy(events, ({ topic }) => topic);
    const published = await Promise.allSettled(
      [...byTopic].map(([topic, ofTopic]) => this.options.transport.publish(topicNamed(topic), ofTopic)),
    );
    const failure = published.find((result) => result.status === 'rejected');
    if (failure) throw failure.reason;
  }

  private async measure(): Promise<boolean> {
    const events = await this.uow.runAsWorker(countEvents);
    this.options.metrics.outboxBacklog(this.options.service, events);
    return false;
  }
}
