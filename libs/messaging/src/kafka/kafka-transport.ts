import { Logger } from '@nestjs/common';
import { Partitioners, type Kafka, type Producer } from 'kafkajs';
import { TOPICS, type ServiceName, type Topic } from '@muster/contracts';
import { delayAfter, pause } from '../back-off.js';
import { deferred } from '../deferred.js';
import { BrokerUnavailable } from '../broker-unavailable.js';
import { NO_METRICS } from '../metrics.js';
import type { Consumption, EventTransport, IncomingEvent, OutgoingEvent } from '../transport.js';
import { inBatches, type SizedBatch } from './batches.js';
import { IMPATIENT, kafkaClient, PATIENT } from './kafka-client.js';
import { KafkaConsumption } from './kafka-consumption.js';
import type { KafkaTransportOptions, ResolvedKafkaOptions } from './kafka-options.js';
import { createMissingTopics } from './kafka-topics.js';

const PUBLISH_LIMIT_MS = 10_000;
const RECONNECT = { firstMs: 200, limitMs: 5_000 };

/** Carries events over Apache Kafka. */
export function createKafkaTransport(options: KafkaTransportOptions): EventTransport {
  return new KafkaTransport({
    topicPrefix: '',
    metrics: NO_METRICS,
    stuckAfterMs: 120_000,
    sessionSeconds: 45,
    onFatal: (error) => {
      new Logger('KafkaTransport').fatal(error);
      process.exit(1);
    },
    ...options,
  });
}

class KafkaTransport implements EventTransport {
  private readonly logger = new Logger('KafkaTransport');
  private readonly kafka: Kafka;
  private readonly consumers: Kafka;
  private readonly consumptions = new Set<KafkaConsumption>();
  private producer: Producer;
  private users = 0;
  private ready = deferred();
  private connecting: Promise<void> = Promise.resolve();
  private stopping = new AbortController();

  constructor(private readonly options: ResolvedKafkaOptions) {
    this.kafka = kafkaClient(options.brokers, options.clientId, IMPATIENT);
    this.consumers = kafkaClient(options.brokers, options.clientId, PATIENT);
    this.producer = this.newProducer();
  }

  async publish(topic: Topic, events: readonly OutgoingEvent[]): Promise<void> {
    await this.whenReady();
    // One after another: a key's events may be in several batches.
    for (const batch of inBatches(events)) await this.send(topic, batch);
  }

  async consume(
    group: ServiceName,
    topics: readonly Topic[],
    onEvent: (event: IncomingEvent) => Promise<void>,
    types?: ReadonlySet<string>,
  ): Promise<Consumption> {
    const consumption = new KafkaConsumption(this.consumers, this.options, { group, topics, onEvent, types });
    this.consumptions.add(consumption);
    consumption.start(this.ready.promise);
    return {
      stop: async () => {
        this.consumptions.delete(consumption);
        await consumption.stop();
      },
    };
  }

  async start(): Promise<void> {
    if (this.users++ > 0) return;
    this.stopping = new AbortController();
    this.connecting = this.connect(this.stopping.signal);
  }

  async stop(): Promise<void> {
    if (this.users === 0 || --this.users > 0) return;
    this.stopping.abort();
    await Promise.all([...this.consumptions].map((consumption) => consumption.stop()));
    this.consumptions.clear();
    await this.connecting;
    await this.producer.disconnect();
    this.ready = deferred();
    this.producer = this.newProducer();
  }

  /** A plain producer: idempotent and transactional ones of kafkajs do not survive the loss of a broker. */
  private newProducer(): Producer {
    return this.kafka.producer({
      createPartitioner: Partitioners.DefaultPartitioner,
      allowAutoTopicCreation: false,
      idempotent: false,
    });
  }

  /** Until it has succeeded or the transport stops. */
  private async connect(signal: AbortSignal): Promise<void> {
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await this.createTopics();
        await this.producer.connect();
        return this.ready.resolve();
      } catch (error) {
        if (failures === 0) this.logger.warn({ msg: 'Kafka does not answer; trying until it does', err: error });
        await pause(delayAfter(failures, RECONNECT), signal).catch(() => undefined);
      }
    }
  }

  private async createTopics(): Promise<void> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      await createMissingTopics(admin, Object.values<Topic>(TOPICS), this.options.topicPrefix);
    } finally {
      await admin.disconnect();
    }
  }

  /** Uncompressed: gzip would cost a third of the time of an import. A topic may have the broker compress it. */
  private async send(topic: Topic, { events }: SizedBatch): Promise<void> {
    await this.producer.send({
      topic: this.options.topicPrefix + topic.name,
      acks: -1,
      messages: events.map(({ key, headers, value }) => ({ key, headers: { ...headers }, value })),
    });
  }

  private async whenReady(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const limit = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new BrokerUnavailable('Kafka is not connected')), PUBLISH_LIMIT_MS);
    });
    await Promise.race([this.ready.promise, limit]).finally(() => clearTimeout(timer));
  }
}
