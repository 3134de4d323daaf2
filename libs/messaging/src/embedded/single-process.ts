import { Logger } from '@nestjs/common';
import pg from 'pg';
import { delayAfter, pause } from '../back-off.js';

const BACK_OFF = { firstMs: 100, limitMs: 2_000 };
/** After a restart of the database the old session may still hold the lock for a while. */
const RETAKE_LIMIT_MS = 30_000;

/** The embedded log belongs to one process: readers wake each other in memory, and a position has one owner. */
export class EventLogInUse extends Error {
  override readonly name = 'EventLogInUse';
  constructor() {
    super('Another process works with this event log. Only one may; several processes need Kafka.');
  }
}

/**
 * Holds a session-level advisory lock on a connection of its own, and takes it again when that connection breaks.
 * `onLost` is called when another process was faster.
 */
export class SingleProcessLock {
  private readonly logger = new Logger('EventLog');
  private client: pg.Client | undefined;
  private holding: Promise<void> | undefined;

  constructor(
    private readonly url: string,
    private readonly onLost: (error: Error) => void,
  ) {}

  /** @throws EventLogInUse; and what the database says, when it does not answer */
  async take(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.url,
      application_name: 'muster-events-lock',
      keepAlive: true,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      const { rows } = await client.query<{ held: boolean }>(
        `select pg_try_advisory_lock(hashtext('muster.events.process')) as held`,
      );
      if (!rows[0]?.held) throw new EventLogInUse();
    } catch (error) {
      await client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
  }

  /** From now on until `signal`: after the connection has broken, takes the lock again. */
  hold(signal: AbortSignal): void {
    this.client?.once('end', () => {
      if (signal.aborted) return;
      this.logger.warn('The database ended the session of the event log; taking it again');
      this.takeLater(signal);
    });
  }

  /** As soon as the database answers; then holds it. */
  takeLater(signal: AbortSignal): void {
    this.holding = this.retake(signal);
  }

  async release(): Promise<void> {
    await this.holding;
    await this.client?.end().catch(() => undefined);
    this.client = undefined;
  }

  private async retake(signal: AbortSignal): Promise<void> {
    let refusedSince: number | undefined;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        await this.take();
        return this.hold(signal);
      } catch (error) {
        if (error instanceof EventLogInUse) {
          refusedSince ??= Date.now();
          if (Date.now() - refusedSince > RETAKE_LIMIT_MS) return this.onLost(error);
        }
        await pause(delayAfter(failures, BACK_OFF), signal).catch(() => undefined);
      }
    }
  }
}
