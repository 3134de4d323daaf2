import type pg from 'pg';
import type { ServiceName, Topic } from '@muster/contracts';
import { BackgroundLoop } from '../background-loop.js';
import { Semaphore } from '../semaphore.js';
import type { Consumption, IncomingEvent } from '../transport.js';
import { openPositions, waitingLanes, type Lane } from './event-log.js';
import { LaneReader } from './lane-reader.js';

/** As many as with Kafka, so that a service needs no more connections here. */
const LANES_AT_WORK = 4;
const POLL_MS = 500;

const nameOf = ({ topic, partition }: Lane) => `${topic}/${partition}`;

/** Reads the lanes of some topics for a group: concurrently, each in order. */
export class EmbeddedConsumption implements Consumption {
  private readonly polling: BackgroundLoop;
  private readonly atWork = new Semaphore(LANES_AT_WORK);
  private readonly readers = new Map<string, LaneReader>();
  private opened = false;

  constructor(
    private readonly db: pg.Pool,
    private readonly group: ServiceName,
    private readonly topics: readonly Topic[],
    private readonly onEvent: (event: IncomingEvent) => Promise<void>,
  ) {
    this.polling = new BackgroundLoop(`events of ${group}`, POLL_MS, () => this.poll());
  }

  start(): void {
    this.polling.start();
  }

  /** Something was published to the lane. */
  wake(lane: Lane): void {
    this.readers.get(nameOf(lane))?.wake();
  }

  async stop(): Promise<void> {
    await this.polling.stop();
    await Promise.all([...this.readers.values()].map((reader) => reader.stop()));
  }

  /** Opens the lanes as soon as the database answers; then finds what was published without a wake. */
  private async poll(): Promise<boolean> {
    if (!this.opened) {
      for (const { next, ...lane } of await openPositions(this.db, this.group, this.topics)) {
        const reader = new LaneReader(this.db, this.group, lane, next, this.atWork, this.onEvent);
        this.readers.set(nameOf(lane), reader);
        reader.start();
      }
      this.opened = true;
    } else {
      for (const lane of await waitingLanes(this.db, this.group)) this.wake(lane);
    }
    return false;
  }
}
