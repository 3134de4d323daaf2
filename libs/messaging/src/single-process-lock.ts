import { Logger } from '@nestjs/common';
import pg from 'pg';
import { delayAfter, pause } from './back-off.js';

const BACK_OFF = { firstMs: 100, limitMs: 2_000 };
/** Enough for a process that ends; one that was killed has its connections closed by its kernel, at once. */
const PATIENCE_MS = 3_000;
/** After a restart of the database the old session may still hold the lock for a while. */
const RETAKE_LIMIT_MS = 30_000;
const LOCK_NOT_AVAILABLE = '55P03';

export class HeldByAnotherProcess extends Error {
  override readonly name = 'HeldByAnotherProcess';
}

export interface SingleProcessLockOptions {
  /** Of the database whose use is locked; any role may. */
  readonly url: string;
  /** `muster.events`: locks of different names do not see each other. */
  readonly name: string;
  /** What a second process is told. */
  readonly refusal: string;
  /** Called when another process was faster after the connection had broken. */
  readonly onLost: (error: HeldByAnotherProcess) => void;
  /** Time for a holder that is about to let go; preset 3 s. */
  readonly patienceMs?: number;
}

/**
 * Makes sure that one process at a time works with something in a database: a session-level advisory lock on a connection
 * of its own, taken again when that connection breaks. It may be taken again after a release.
 */
export class SingleProcessLock {
  private readonly logger = new Logger('SingleProcessLock');
  private client: pg.Client | undefined;
  private retaking: Promise<void> | undefined;
  private released = new AbortController();

  constructor(private readonly options: SingleProcessLockOptions) {}

  /** Holds it from now on until its release. @throws HeldByAnotherProcess; and what the database says, when it does not answer */
  async take(): Promise<void> {
    const client = await this.connectLocked();
    const { signal } = this.released;
    client.once('end', () => {
      if (signal.aborted) return;
      this.logger.warn(`The database ended the session of the lock ${this.options.name}; taking it again`);
      this.takeLater();
    });
    this.client = client;
  }

  /** As soon as the database answers. */
  takeLater(): void {
    this.retaking = this.retake(this.released.signal);
  }

  async release(): Promise<void> {
    this.released.abort();
    await this.retaking;
    await this.client?.end().catch(() => undefined);
    this.client = undefined;
    this.released = new AbortController();
  }

  private async connectLocked(): Promise<pg.Client> {
    const { url, name, refusal, patienceMs = PATIENCE_MS } = this.options;
    const client = new pg.Client({
      connectionString: url,
      application_name: `${name}-lock`,
      keepAlive: true,
      lock_timeout: patienceMs,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select pg_advisory_lock(hashtext($1))', [`${name}.process`]);
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      const held = error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE;
      throw held ? new HeldByAnotherProcess(refusal) : error;
    }
  }

  private async retake(signal: AbortSignal): Promise<void> {
    let refusedSince: number | undefined;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        return await this.take();
      } catch (error) {
        if (error instanceof HeldByAnotherProcess) {
          refusedSince ??= Date.now();
          if (Date.now() - refusedSince > RETAKE_LIMIT_MS) return this.options.onLost(error);
        }
        await pause(delayAfter(failures, BACK_OFF), signal).catch(() => undefined);
      }
    }
  }
}
