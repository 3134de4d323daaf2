import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** The stream that a file goes to. Whoever waits, for it or for a stream in front of it, learns when it breaks. */
export class WatchedOutput {
  private readonly broken = new AbortController();
  private readonly onError = (error: Error) => this.broken.abort(error);
  private readonly onClose = () => {
    if (!this.stream.writableFinished)
      this.broken.abort(new Error('The output was closed before the table was complete'));
  };

  constructor(readonly stream: Writable) {
    stream.on('error', this.onError);
    stream.on('close', this.onClose);
    if (stream.destroyed) this.onClose();
  }

  /** Writes to the output, or to a stream that leads to it, and waits until that one can take more. */
  async put(chunk: string, stream: Writable = this.stream): Promise<void> {
    this.broken.signal.throwIfAborted();
    if (!stream.write(chunk)) await this.event(stream, 'drain');
  }

  /** Ends the output, if nobody did, and waits until all is passed on. */
  async finish(): Promise<void> {
    this.broken.signal.throwIfAborted();
    if (!this.stream.writableEnded) this.stream.end();
    await this.finished();
  }

  async finished(): Promise<void> {
    this.broken.signal.throwIfAborted();
    if (!this.stream.writableFinished) await this.event(this.stream, 'finish');
    this.stream.off('error', this.onError).off('close', this.onClose);
  }

  /** For what fails in front of the output. */
  fail(reason: Error): void {
    this.broken.abort(reason);
    this.stream.destroy();
  }

  private async event(stream: Writable, name: string): Promise<void> {
    try {
      await once(stream, name, { signal: this.broken.signal });
    } catch (error) {
      this.broken.signal.throwIfAborted();
      throw error;
    }
  }
}
