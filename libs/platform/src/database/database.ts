import { setTimeout as delay } from 'node:timers/promises';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { createDataSource, migrate, migrationsFit, type ServiceDatabase } from '@muster/persistence';
import type { BaseConfig } from '../config/base-config.js';
import { mayPass } from './may-pass.js';

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 5_000;

type Connection = Pick<BaseConfig, 'databaseUrl' | 'databaseOwnerUrl' | 'databasePoolSize'>;

/** The service's connection. The database may come later than the service, and come back after it was gone. */
export class Database implements OnApplicationShutdown {
  readonly dataSource: DataSource;
  private readonly logger = new Logger('Database');
  private readonly stopping = new AbortController();
  private attempt: Promise<void> | undefined;
  private retrying: Promise<void> | undefined;
  private migrated = false;

  constructor(
    private readonly definition: ServiceDatabase,
    private readonly config: Connection,
  ) {
    const { databaseUrl: url, databasePoolSize: poolSize } = config;
    this.dataSource = createDataSource(definition, { url, poolSize });
  }

  /**
   * Migrates (when the owner's URL is known) and connects. Resolves also when the database does not answer: it is tried
   * again until it does.
   * @throws when something else is wrong, such as a migration that fails
   */
  async start(): Promise<void> {
    try {
      await this.connect();
    } catch (error) {
      if (!mayPass(error)) throw error;
      this.logger.warn({ err: error, msg: 'The database does not answer; trying on' });
      this.retrying = this.retry();
    }
  }

  /** Resolves when connected. @throws the reason why it is not */
  async connected(): Promise<void> {
    if (!this.dataSource.isInitialized) await (this.attempt ?? this.connect());
  }

  /** Whether the database answers and its schema is what this build needs. @throws when it does not answer */
  async ready(): Promise<boolean> {
    await this.connected();
    return migrationsFit(this.dataSource);
  }

  /** After the servers have stopped: handlers in flight need it until then. */
  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.retrying;
    await this.attempt?.catch(() => undefined);
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private connect(): Promise<void> {
    this.attempt ??= this.connectOnce().finally(() => {
      this.attempt = undefined;
    });
    return this.attempt;
  }

  private async connectOnce(): Promise<void> {
    if (this.dataSource.isInitialized) return;
    if (this.config.databaseOwnerUrl && !this.migrated) {
      await migrate(this.definition, this.config.databaseOwnerUrl);
      this.migrated = true;
    }
    await this.dataSource.initialize();
  }

  private async retry(): Promise<void> {
    for (let wait = FIRST_WAIT_MS; !this.stopping.signal.aborted; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      await delay(wait, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return;
      try {
        await this.connect();
        return this.logger.log('The database answers');
      } catch (error) {
        if (!mayPass(error)) this.logger.error({ err: error, msg: 'The database answers, but cannot be used' });
      }
    }
  }
}
