import { Inject, Injectable, Logger } from '@nestjs/common';
import { delayAfter, pause, Stopped, type BackOff } from '../back-off.js';
import { DeadLetterRepository } from '../dead-letters/dead-letter.repository.js';
import { isInfrastructureError } from '../infrastructure-error.js';
import { MESSAGING_OPTIONS, type ResolvedMessagingOptions } from '../options.js';
import { InvalidEvent, parseEvent } from '../serialization.js';
import type { IncomingEvent } from '../transport.js';
import { Inbox } from './inbox.js';
import { Subscriptions, type Subscription } from './subscription.js';

const FOR_EVER: BackOff = { firstMs: 100, limitMs: 30_000 };

/** Brings an event to its end with every handler: handled, or a dead letter. */
@Injectable()
export class EventProcessor {
  readonly subscriptions = new Subscriptions();
  private readonly logger = new Logger(EventProcessor.name);
  private readonly stopping = new AbortController();

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: ResolvedMessagingOptions,
    private readonly inbox: Inbox,
    private readonly deadLetters: DeadLetterRepository,
  ) {}

  /** Ends waits between tries; their events stay with the transport. */
  stop(): void {
    this.stopping.abort();
  }

  /**
   * Resolves when the transport may move on. Rejects only because of {@link stop}. Types without a handler are ignored, and
   * what is for another service goes unread: orders of imports are large.
   */
  async process(incoming: IncomingEvent): Promise<void> {
    const { ce_audience: audience = this.options.service } = incoming.headers;
    if (audience !== this.options.service) return;
    for (const subscription of this.subscriptions.of(incoming.headers['ce_type'])) {
      await this.bringToEnd(subscription, incoming);
    }
  }

  /** One try. @throws what the handler threw; InvalidEvent when the event does not fit its contract */
  async attempt(subscription: Subscription, incoming: Pick<IncomingEvent, 'headers' | 'value'>): Promise<void> {
    const event = parseEvent(subscription.contract, incoming);
    if (!subscription.concerns(event.data)) return;
    const handle = () => subscription.handle(event);
    if (subscription.inbox) await this.inbox.once(subscription.consumer, event, handle);
    else await handle();
    this.options.metrics.eventHandled(this.options.service, subscription.consumer);
  }

  private async bringToEnd(subscription: Subscription, incoming: IncomingEvent): Promise<void> {
    const { retry } = this.options;
    for (let tries = 0, outages = 0; ;) {
      const error = await this.failureOf(subscription, incoming);
      if (error === undefined) return;
      if (this.stopping.signal.aborted) throw new Stopped();
      if (isInfrastructureError(error)) {
        this.note(subscription, incoming, error, outages === 0);
        await this.pause(delayAfter(outages++, FOR_EVER));
        continue;
      }
      tries += 1;
      this.options.metrics.eventFailed(this.options.service, subscription.consumer);
      this.note(subscription, incoming, error, true);
      const hopeless = error instanceof InvalidEvent || (subscription.deadLetter && tries >= retry.tries);
      if (hopeless) return this.bury(subscription, incoming, error, tries);
      await this.pause(delayAfter(tries - 1, subscription.deadLetter ? retry : FOR_EVER));
    }
  }

  /** undefined: none. */
  private async failureOf(subscription: Subscription, incoming: IncomingEvent): Promise<unknown> {
    try {
      await this.attempt(subscription, incoming);
      return undefined;
    } catch (error) {
      return error ?? new Error('thrown without a reason');
    }
  }

  /** Without its dead letter the event must not be left behind: tried for as long as it takes. */
  private async bury(
    subscription: Subscription,
    incoming: IncomingEvent,
    error: unknown,
    tries: number,
  ): Promise<void> {
    for (let failures = 0; ;) {
      try {
        await this.deadLetters.keep(subscription.consumer, incoming, error, tries);
        this.options.metrics.deadLettered(this.options.service, subscription.consumer);
        return;
      } catch (cause) {
        this.note(subscription, incoming, cause, failures === 0);
        await this.pause(delayAfter(failures++, FOR_EVER));
      }
    }
  }

  private pause(ms: number): Promise<void> {
    return pause(ms, this.stopping.signal);
  }

  private note({ consumer }: Subscription, incoming: IncomingEvent, error: unknown, loud: boolean): void {
    const what = `${consumer} failed on event ${incoming.headers['ce_id']} (${incoming.topic}/${incoming.partition} at ${incoming.offset})`;
    if (loud) this.logger.warn({ msg: what, err: error });
    else this.logger.debug({ msg: what, err: error });
  }
}
