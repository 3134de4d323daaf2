import { Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundLoop } from './background-loop.js';
import { isInfrastructureError } from './infrastructure-error.js';

/** What a service does by itself for as long as it runs; see {@link BackgroundLoop}. */
export abstract class BackgroundTask implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: BackgroundLoop;
  protected readonly logger: Logger;

  /** @param pollMs when to look by itself, if nobody wakes it */
  protected constructor(name: string, pollMs: number) {
    this.loop = new BackgroundLoop(name, pollMs, () => this.work());
    this.logger = new Logger(name);
  }

  /**
   * @returns whether there may be more to do at once
   * @throws when it shall wait longer before the next try
   */
  protected abstract work(): Promise<boolean>;

  /**
   * Does it for one after another. What is wrong with one keeps no other: it is logged with what the item says of itself, and
   * its turn comes again with the next look.
   * @param failed what that means
   * @returns with how many nothing was wrong
   * @throws what everything stands on and is away
   */
  protected async each<Item extends object>(
    items: readonly Item[],
    failed: string,
    work: (item: Item) => Promise<void>,
  ): Promise<number> {
    let done = 0;
    for (const item of items) {
      try {
        await work(item);
        done++;
      } catch (error) {
        if (isInfrastructureError(error)) throw error;
        this.logger.warn({ ...item, err: error, msg: `${failed}; tried again` });
      }
    }
    return done;
  }

  onApplicationBootstrap(): void {
    this.loop.start();
  }

  /** Before the database is closed: the work in hand needs it. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.loop.stop();
  }

  /** There is something to do. */
  wake(): void {
    this.loop.wake();
  }
}
