import type pg from 'pg';
import { BackgroundLoop } from '../background-loop.js';
import type { Semaphore } from '../semaphore.js';
import type { IncomingEvent } from '../transport.js';
import { movePosition, readEvents, type Lane } from './event-log.js';

/** A crash repeats at most what was handled since; the inbox drops it. */
const SAVE_MS = 500;
/** Others say when there is something; this is for what nobody says. */
const IDLE_MS = 60_000;

/** Reads one partition for one group, event by event. */
export class LaneReader {
  private readonly loop: BackgroundLoop;
  private stopping = false;
  private saved: number;

  constructor(
    private readonly db: pg.Pool,
    private readonly group: string,
    private readonly lane: Lane,
    private next: number,
    private readonly atWork: Semaphore,
    private readonly onEvent: (event: IncomingEvent) => Promise<void>,
  ) {
    this.saved = next;
    this.loop = new BackgroundLoop(`${group} on ${lane.topic}/${lane.partition}`, IDLE_MS, () => this.read());
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.loop.stop();
  }

  /** @returns whether there may be more */
  private async read(): Promise<boolean> {
    await this.save();
    const events = await readEvents(this.db, this.lane, this.next);
    if (events.length === 0) return false;
    await this.atWork.use(() => this.handle(events));
    return true;
  }

  private async handle(events: readonly IncomingEvent[]): Promise<void> {
    let savedAt = Date.now();
    try {
      for (const event of events) {
        if (this.stopping) return;
        await this.onEvent(event);
        this.next = Number(event.offset) + 1;
        if (Date.now() - savedAt > SAVE_MS) {
          await this.save();
          savedAt = Date.now();
        }
      }
    } finally {
      await this.save();
    }
  }

  private async save(): Promise<void> {
    if (this.saved === this.next) return;
    const { next } = this;
    await movePosition(this.db, this.group, this.lane, next);
    this.saved = next;
  }
}
