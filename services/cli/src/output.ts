import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Nobody reads on, as in `muster read FILE | head`: a reason to stop, not an error. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Prints no faster than the other end takes it. */
export class Output {
  private closed = false;
  private failure: Error | undefined;

  constructor(private readonly stream: Writable) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') this.closed = true;
      else this.failure = error;
    });
  }

  /** Resolves when there is room for more. @throws OutputClosed when nobody reads on */
  async write(text: string): Promise<void> {
    this.check();
    if (!this.stream.write(text)) await this.drained();
    this.check();
  }

  private async drained(): Promise<void> {
    const ended = new AbortController();
    const waits = ['drain', 'error', 'close'].map((event) => once(this.stream, event, { signal: ended.signal }));
    try {
      await Promise.race(waits);
    } catch (error) {
      // What became of the stream is seen by the listener of the constructor.
      if (!this.closed && !this.failure) throw error;
    } finally {
      for (const wait of waits) wait.catch(() => undefined);
      ended.abort();
    }
  }

  private check(): void {
    if (this.failure) throw this.failure;
    if (this.closed || this.stream.destroyed) throw new OutputClosed();
  }
}
