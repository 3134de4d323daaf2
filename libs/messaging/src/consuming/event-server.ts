import { Inject, Injectable } from '@nestjs/common';
import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { MESSAGING_OPTIONS, type ResolvedMessagingOptions } from '../options.js';
import type { Consumption } from '../transport.js';
import { EventProcessor } from './event-processor.js';
import { subscriptionOf } from './subscription.js';

/** Brings events to the `@OnEvent` handlers of a service: `app.connectMicroservice({ strategy: app.get(EventServer) })`. */
@Injectable()
export class EventServer extends Server implements CustomTransportStrategy {
  /** What a handler throws is dealt with here; Nest must not log it besides. */
  override readonly propagatesEventHandlerErrors = true;
  private consumption: Consumption | undefined;

  constructor(
    @Inject(MESSAGING_OPTIONS) private readonly options: ResolvedMessagingOptions,
    private readonly processor: EventProcessor,
  ) {
    super();
  }

  /** Nest would chain the handlers of one type and call them together; here each is an own consumer with own tries. */
  override addHandler(
    pattern: string,
    handler: MessageHandler,
    isEventHandler = false,
    extras: Record<string, unknown> = {},
  ): void {
    handler.isEventHandler = isEventHandler;
    handler.extras = extras;
    const subscription = subscriptionOf(pattern, handler, extras);
    this.processor.subscriptions.add(subscription);
    this.messageHandlers.set(subscription.consumer, handler);
  }

  async listen(callback: (error?: unknown) => void): Promise<void> {
    const topics = this.processor.subscriptions.topics();
    try {
      if (topics.length > 0) {
        const { service, transport } = this.options;
        const types = this.processor.subscriptions.types();
        this.consumption = await transport.consume(service, topics, (event) => this.processor.process(event), types);
      }
      callback();
    } catch (error) {
      callback(error);
    }
  }

  async close(): Promise<void> {
    this.processor.stop();
    await this.consumption?.stop();
    this.consumption = undefined;
  }

  /** There is nothing to listen to. */
  on(): void {
    throw new Error('The event server has no events of its own');
  }

  unwrap<T>(): T {
    return this.options.transport as T;
  }
}
