import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import { BackgroundLoop } from './background-loop.js';

/** What a service does by itself for as long as it runs; see {@link BackgroundLoop}. */
export abstract class BackgroundTask implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly loop: BackgroundLoop;

  /** @param pollMs when to look by itself, if nobody wakes it */
  protected constructor(name: string, pollMs: number) {
    this.loop = new BackgroundLoop(name, pollMs, () => this.work());
  }

  /**
   * @returns whether there may be more to do at once
   * @throws when it shall wait longer before the next try
   */
  protected abstract work(): Promise<boolean>;

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
