import { PassThrough, type Writable } from 'node:stream';
import { ZipFile } from 'yazl';
import { createTableWriter } from '../create-table-writer.js';
import type { TableWriter, TableWriterOptions } from '../table-writer.js';
import { WatchedOutput } from '../watched-output.js';

/**
 * A ZIP archive of CSV files, written one after another as their rows come, in memory that grows neither with rows nor with
 * files. Whoever takes the output slowly makes the writers wait; whoever closes it makes them fail.
 */
export class CsvArchive {
  private readonly zip = new ZipFile();
  private readonly output: WatchedOutput;
  private file: PassThrough | undefined;

  /** @param output is ended by `end` and destroyed by `abort` */
  constructor(
    output: Writable,
    private readonly created: Date,
  ) {
    this.output = new WatchedOutput(output);
    this.zip.on('error', (error: Error) => this.output.fail(error));
    // Nobody takes what a writer waits to get rid of.
    output.once('close', () => this.file?.destroy());
    this.zip.outputStream.pipe(output);
  }

  /** The next file; the one before has to be ended. */
  async begin(name: string, options: TableWriterOptions): Promise<TableWriter> {
    const file = new PassThrough();
    this.file = file;
    if (this.output.stream.destroyed) file.destroy();
    else this.zip.addReadStream(file, name, { mtime: this.created });
    return createTableWriter('csv', file, options);
  }

  /** Completes the archive and ends the stream. Settles when the stream has passed everything on. */
  async end(): Promise<void> {
    this.zip.end();
    await this.output.finished();
  }

  /** Gives up: what the stream has got is no archive. */
  abort(reason: Error): void {
    this.file?.destroy();
    this.output.fail(reason);
  }
}
