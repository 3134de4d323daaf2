import { Global, Inject, Injectable, Module, type DynamicModule } from '@nestjs/common';
import type { OnApplicationBootstrap, OnApplicationShutdown } from '@nestjs/common';
import { BackgroundLoop } from './background-loop.js';
import { EventProcessor } from './consuming/event-processor.js';
import { EventServer } from './consuming/event-server.js';
import { Inbox } from './consuming/inbox.js';
import { DeadLetterRepository } from './dead-letters/dead-letter.repository.js';
import { DeadLetters } from './dead-letters/dead-letters.js';
import { NO_METRICS } from './metrics.js';
import { MESSAGING_OPTIONS, type MessagingOptions, type ResolvedMessagingOptions } from './options.js';
import { EventPublisher } from './outbox/event-publisher.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import { Outbox } from './outbox/outbox.js';

const PRUNE_MS = 60 * 60 * 1000;

/** Starts what runs beside the handlers, and ends it after them. */
@Injectable()
class MessagingLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly pruning: BackgroundLoop;
  private started = false;

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: ResolvedMessagingOptions,
    private readonly relay: OutboxRelay,
    inbox: Inbox,
    deadLetters: DeadLetterRepository,
  ) {
    this.pruning = new BackgroundLoop(`inbox of ${options.service}`, PRUNE_MS, async () => {
      await inbox.prune();
      await deadLetters.prune();
      return false;
    });
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.options.transport.start();
    this.started = true;
    this.relay.start();
    this.pruning.start();
  }

  /** The consumers have been closed by then; what they left in the outbox waits for the next start. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.relay.stop(), this.pruning.stop()]);
    if (this.started) await this.options.transport.stop();
    this.started = false;
  }
}

/** Events of a service, in and out. Needs a global provider of `UnitOfWork`. */
@Global()
@Module({})
export class MessagingModule {
  static register({ retry, ...options }: MessagingOptions): DynamicModule {
    const resolved: ResolvedMessagingOptions = {
      metrics: NO_METRICS,
      pollMs: 500,
      ...options,
      retry: { tries: 5, firstMs: 100, limitMs: 30_000, ...retry },
    };
    const doors = [Outbox, EventPublisher, OutboxRelay, DeadLetters, EventServer];
    return {
      module: MessagingModule,
      providers: [
        { provide: MESSAGING_OPTIONS, useValue: resolved },
        ...doors,
        ...[EventProcessor, Inbox, DeadLetterRepository, MessagingLifecycle],
      ],
      exports: doors,
    };
  }
}
