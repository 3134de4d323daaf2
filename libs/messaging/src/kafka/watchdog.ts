import { Logger } from '@nestjs/common';
import type { Kafka } from 'kafkajs';

interface WatchdogOptions {
  readonly groupId: string;
  /** Full names. */
  readonly topics: readonly string[];
  readonly stuckAfterMs: number;
  readonly onStuck: (error: Error) => void;
}

/**
 * Finds the consumer that silently stopped fetching (kafkajs #659): nothing fetched for a while, no handler at work,
 * the broker answers, and yet there is something to read. Only a new process helps then.
 */
export class Watchdog {
  private readonly logger = new Logger('Watchdog');
  private last = Date.now();
  private atWork = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly kafka: Kafka,
    private readonly options: WatchdogOptions,
  ) {}

  start(): void {
    this.progress();
    this.timer = setInterval(() => void this.check(), this.options.stuckAfterMs / 4);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  progress(): void {
    this.last = Date.now();
  }

  handlerStarted(): void {
    this.atWork += 1;
  }

  handlerEnded(): void {
    this.atWork -= 1;
    this.progress();
  }

  private async check(): Promise<void> {
    if (this.isMoving()) return;
    const lag = await this.lag();
    // It may have stopped, or moved on, while the broker was asked.
    if (lag === 0 || this.isMoving() || !this.timer) return;
    this.stop();
    this.options.onStuck(
      new Error(
        `${this.options.groupId} has fetched nothing for ${this.options.stuckAfterMs} ms with ${lag} events to read`,
      ),
    );
  }

  private isMoving(): boolean {
    return this.atWork > 0 || Date.now() - this.last < this.options.stuckAfterMs;
  }

  /** Events that the group has not committed; 0 when the broker does not answer. */
  private async lag(): Promise<number> {
    const admin = this.kafka.admin();
    try {
      await admin.connect();
      const { groupId, topics } = this.options;
      const committed = await admin.fetchOffsets({ groupId, topics: [...topics] });
      const lags = await Promise.all(
        committed.map(async ({ topic, partitions }) => lagOf(await admin.fetchTopicOffsets(topic), partitions)),
      );
      return lags.reduce((sum, one) => sum + one, 0);
    } catch (error) {
      this.logger.warn({ msg: 'Kafka does not answer', err: error });
      // What it could not fetch meanwhile is no sign of being stuck.
      this.progress();
      return 0;
    } finally {
      await admin.disconnect().catch(() => undefined);
    }
  }
}

type Ends = readonly { partition: number; low: string; high: string }[];

/** @param committed offset -1: the group has not read anything of the partition */
export function lagOf(ends: Ends, committed: readonly { partition: number; offset: string }[]): number {
  return ends
    .map(({ partition, low, high }) => {
      const at = Number(committed.find((one) => one.partition === partition)?.offset ?? -1);
      return Math.max(0, Number(high) - Math.max(at, Number(low)));
    })
    .reduce((sum, lag) => sum + lag, 0);
}
