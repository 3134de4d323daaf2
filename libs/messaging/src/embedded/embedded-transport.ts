import { Logger } from '@nestjs/common';
import pg from 'pg';
import { TOPICS, type ServiceName, type Topic } from '@muster/contracts';
import { BackgroundLoop } from '../background-loop.js';
import { isInfrastructureError } from '../infrastructure-error.js';
import { SingleProcessLock } from '../single-process-lock.js';
import type { Consumption, EventTransport, IncomingEvent, OutgoingEvent } from '../transport.js';
import { EmbeddedConsumption } from './embedded-consumption.js';
import { appendEvents, forgetEvents, partitionOf } from './event-log.js';

export interface EmbeddedTransportOptions {
  /** As {@link provisionEventLog} returned it. */
  readonly url: string;
  /** Called when another process took the log over; preset: the process ends. */
  readonly onFatal?: (error: Error) => void;
}

/** PostgreSQL takes 65,535 parameters. */
const ROWS_PER_STATEMENT = 2_000;
const RETENTION_MS = 10 * 60 * 1000;

/** Carries events through a log in PostgreSQL, for one process: no broker is needed. */
export function createEmbeddedTransport(options: EmbeddedTransportOptions): EventTransport {
  return new EmbeddedTransport(options);
}

class EmbeddedTransport implements EventTransport {
  private readonly logger = new Logger('EmbeddedTransport');
  private db: pg.Pool;
  private readonly lock: SingleProcessLock;
  private readonly forgetting: BackgroundLoop;
  private readonly consumptions = new Set<EmbeddedConsumption>();
  private starting: Promise<void> | undefined;
  private opened = false;
  private users = 0;

  constructor(private readonly options: EmbeddedTransportOptions) {
    const { url, onFatal = (error) => this.end(error) } = options;
    this.db = newPool(url);
    // Readers wake each other in memory, and a position has one owner.
    const refusal = 'Another process works with this event log. Only one may; several processes need Kafka.';
    this.lock = new SingleProcessLock({ url, name: 'muster.events', refusal, onLost: onFatal });
    this.forgetting = new BackgroundLoop('retention of events', RETENTION_MS, () => this.forget());
  }

  async publish(topic: Topic, events: readonly OutgoingEvent[]): Promise<void> {
    for (let at = 0; at < events.length; at += ROWS_PER_STATEMENT) {
      await appendEvents(this.db, topic, events.slice(at, at + ROWS_PER_STATEMENT));
    }
    for (const partition of new Set(events.map(({ key }) => partitionOf(key, topic)))) {
      for (const consumption of this.consumptions) consumption.wake({ topic: topic.name, partition });
    }
  }

  async consume(
    group: ServiceName,
    topics: readonly Topic[],
    onEvent: (event: IncomingEvent) => Promise<void>,
  ): Promise<Consumption> {
    const consumption = new EmbeddedConsumption(this.db, group, topics, onEvent);
    this.consumptions.add(consumption);
    if (this.opened) consumption.start();
    return {
      stop: async () => {
        this.consumptions.delete(consumption);
        await consumption.stop();
      },
    };
  }

  /** @throws HeldByAnotherProcess */
  async start(): Promise<void> {
    this.starting ??= this.open();
    try {
      await this.starting;
    } catch (error) {
      this.starting = undefined;
      throw error;
    }
    this.users += 1;
  }

  async stop(): Promise<void> {
    if (this.users === 0 || --this.users > 0) return;
    await Promise.all([...this.consumptions].map((consumption) => consumption.stop()));
    this.consumptions.clear();
    await this.forgetting.stop();
    await this.lock.release();
    await this.db.end();
    this.db = newPool(this.options.url);
    this.starting = undefined;
    this.opened = false;
  }

  private async open(): Promise<void> {
    try {
      await this.lock.take();
    } catch (error) {
      if (!isInfrastructureError(error)) throw error;
      this.logger.warn({ msg: 'The database does not answer yet', err: error });
      this.lock.takeLater();
    }
    this.opened = true;
    this.forgetting.start();
    for (const consumption of this.consumptions) consumption.start();
  }

  private async forget(): Promise<boolean> {
    for (const topic of Object.values<Topic>(TOPICS)) await forgetEvents(this.db, topic);
    return false;
  }

  private end(error: Error): void {
    this.logger.fatal(error);
    process.exit(1);
  }
}

function newPool(url: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 6,
    application_name: 'muster-events',
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  });
  // Idle and checked-out connections both report that the database went away; the query that needs one finds out by itself.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
