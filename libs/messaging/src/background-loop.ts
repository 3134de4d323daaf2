import { Logger } from '@nestjs/common';
import { delayAfter, Stopped } from './back-off.js';

const BACK_OFF = { firstMs: 200, limitMs: 10_000 };

/**
 * Calls `work` again and again, one at a time: at once when it says that there is more, when woken, or after `pollMs`.
 * A failure is logged once in a row and followed by a growing wait; the loop never ends by itself.
 */
export class BackgroundLoop {
  private readonly logger: Logger;
  private running: Promise<void> | undefined;
  private stopping = false;
  private woken = false;
  private failures = 0;
  private interrupt: () => void = () => undefined;

  constructor(
    private readonly name: string,
    private readonly pollMs: number,
    private readonly work: () => Promise<boolean>,
  ) {
    this.logger = new Logger(name);
  }

  start(): void {
    this.stopping = false;
    this.running ??= this.run();
  }

  wake(): void {
    this.woken = true;
    // While it fails the wait stays: who wakes it knows nothing of what is away.
    if (this.failures === 0) this.interrupt();
  }

  /** Resolves when the work in hand is done. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.interrupt();
    await this.running;
    this.running = undefined;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      this.woken = false;
      const more = await this.turn();
      if (!more && !this.stopping && !(this.woken && this.failures === 0)) await this.rest();
    }
  }

  private async turn(): Promise<boolean> {
    try {
      const more = await this.work();
      if (this.failures > 0) this.logger.log(`${this.name} works again after ${this.failures} failures`);
      this.failures = 0;
      return more;
    } catch (error) {
      if (this.failures++ === 0 && !(error instanceof Stopped)) this.logger.warn(error);
      return false;
    }
  }

  private rest(): Promise<void> {
    const ms = this.failures > 0 ? delayAfter(this.failures - 1, BACK_OFF) : this.pollMs;
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.interrupt = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
