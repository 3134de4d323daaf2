import { Logger } from '@nestjs/common';
import type { Consumer, EachMessagePayload, Kafka } from 'kafkajs';
import type { ServiceName, Topic } from '@muster/contracts';
import { delayAfter, endsWithin, pause, Stopped } from '../back-off.js';
import type { IncomingEvent } from '../transport.js';
import type { ResolvedKafkaOptions } from './kafka-options.js';
import { PATIENT } from './kafka-client.js';
import { MAX_BATCH_BYTES } from './kafka-topics.js';
import { incomingEvent, typeOf } from './incoming-event.js';
import { Watchdog } from './watchdog.js';

export interface Subscriber {
  readonly group: ServiceName;
  readonly topics: readonly Topic[];
  readonly onEvent: (event: IncomingEvent) => Promise<void>;
  /** undefined: all. */
  readonly types: ReadonlySet<string> | undefined;
}

const HEARTBEAT_MS = 3_000;
const GOODBYE_MS = 5_000;
const RECONNECT = { firstMs: 200, limitMs: 5_000 };

/** One consumer of a group. It is never stopped and run again: it connects, runs, and is disconnected for good. */
export class KafkaConsumption {
  private readonly logger = new Logger('KafkaConsumption');
  private readonly stopping = new AbortController();
  private readonly beatMs: number;
  private readonly groupId: string;
  private readonly watchdog: Watchdog;
  private readonly atWork = new Set<Promise<void>>();
  private consumer: Consumer | undefined;
  private connecting: Promise<void> = Promise.resolve();

  constructor(
    private readonly kafka: Kafka,
    private readonly options: ResolvedKafkaOptions,
    private readonly subscriber: Subscriber,
  ) {
    this.groupId = `${options.topicPrefix}muster.${subscriber.group}`;
    this.beatMs = Math.min(HEARTBEAT_MS, (options.sessionSeconds * 1_000) / 3);
    this.watchdog = new Watchdog(kafka, {
      groupId: this.groupId,
      topics: this.topicNames(),
      stuckAfterMs: options.stuckAfterMs,
      onStuck: (error) => options.onFatal(error),
    });
  }

  /** @param ready resolves when the topics are there */
  start(ready: Promise<void>): void {
    this.connecting = this.connect(ready);
  }

  /** With the broker away it does not wait for kafkajs to give up: what it would say goodbye to is not there. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.watchdog.stop();
    const ended = this.connecting.then(() => this.consumer?.disconnect());
    await Promise.allSettled(this.atWork);
    await endsWithin(ended, GOODBYE_MS);
  }

  /** Until it runs or is stopped. A start that failed half way leaves nothing to go on with: the next one is a new consumer. */
  private async connect(ready: Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    const stopped = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
    await Promise.race([ready, stopped]);
    for (let failures = 0; !signal.aborted; failures++) {
      const consumer = this.newConsumer();
      try {
        await consumer.connect();
        await consumer.subscribe({ topics: this.topicNames(), fromBeginning: true });
        if (signal.aborted) return await consumer.disconnect();
        return await this.run(consumer);
      } catch (error) {
        if (failures === 0) this.logger.warn({ msg: `The consumer ${this.groupId} cannot start yet`, err: error });
        await consumer.disconnect().catch(() => undefined);
        await pause(delayAfter(failures, RECONNECT), signal).catch(() => undefined);
      }
    }
  }

  private newConsumer(): Consumer {
    const { sessionSeconds } = this.options;
    const consumer = this.kafka.consumer({
      groupId: this.groupId,
      // Heartbeats come from the event loop, which large work keeps busy for a while.
      sessionTimeout: sessionSeconds * 1_000,
      rebalanceTimeout: 60_000,
      heartbeatInterval: this.beatMs,
      maxWaitTimeInMs: 1_000,
      maxBytesPerPartition: MAX_BATCH_BYTES,
      maxBytes: 4 * MAX_BATCH_BYTES,
      allowAutoTopicCreation: false,
      retry: PATIENT,
    });
    const { CRASH, FETCH, START_BATCH_PROCESS, END_BATCH_PROCESS, GROUP_JOIN } = consumer.events;
    for (const event of [FETCH, START_BATCH_PROCESS, END_BATCH_PROCESS, GROUP_JOIN] as const) {
      consumer.on(event, () => this.watchdog.progress());
    }
    consumer.on(CRASH, ({ payload: { error, restart } }) => {
      this.options.metrics.consumerCrashed(this.subscriber.group, restart);
      this.watchdog.progress();
      if (restart || this.stopping.signal.aborted) return;
      this.options.onFatal(new Error(`The consumer of ${this.groupId} crashed for good`, { cause: error }));
    });
    return consumer;
  }

  private async run(consumer: Consumer): Promise<void> {
    this.consumer = consumer;
    this.watchdog.start();
    await consumer.run({
      partitionsConsumedConcurrently: 4,
      // Committed after their handlers resolved; an event that comes again after a crash is dropped by the inbox.
      autoCommit: true,
      autoCommitInterval: 1_000,
      eachMessage: (payload) => this.hand(payload),
    });
  }

  /** kafkajs sends heartbeats between messages only, and a handler may wait for as long as the database is away. */
  private async hand(payload: EachMessagePayload): Promise<void> {
    if (this.stopping.signal.aborted) throw new Stopped();
    // Most of what a topic carries during a large import concerns few services.
    const { types } = this.subscriber;
    if (types && !types.has(typeOf(payload))) return;
    const beat = setInterval(() => {
      // A heartbeat that fails is found by kafkajs itself as soon as the handler is done.
      payload.heartbeat().catch(() => undefined);
    }, this.beatMs);
    const handled = this.subscriber.onEvent(incomingEvent(payload, this.options.topicPrefix));
    this.atWork.add(handled);
    this.watchdog.handlerStarted();
    try {
      await handled;
    } finally {
      clearInterval(beat);
      this.atWork.delete(handled);
      this.watchdog.handlerEnded();
    }
  }

  private topicNames(): string[] {
    return this.subscriber.topics.map(({ name }) => this.options.topicPrefix + name);
  }
}
