import type { Writable } from 'node:stream';
import type { TableFormat } from '../table.js';
import { CsvTableWriter } from './csv/csv-table-writer.js';
import type { OutputRow } from './output-cell.js';
import type { FormatWriter, TableWriter, TableWriterOptions } from './table-writer.js';
import { WatchedOutput } from './watched-output.js';

/**
 * Begins a table. What is written is read back by `openTable` as it was, but for what the README names.
 *
 * @param output is ended by `end` and destroyed by `abort`, or when this fails
 * @throws TabularError cell_not_writable, cell_too_long, too_many_columns: headers and lists are held to what cells are
 */
export async function createTableWriter(
  format: TableFormat,
  output: Writable,
  options: TableWriterOptions = {},
): Promise<TableWriter> {
  const watched = new WatchedOutput(output);
  try {
    return new CheckedWriter(await formatWriter(format, watched, options), watched);
  } catch (error) {
    output.destroy();
    throw error;
  }
}

/** The writers of workbooks are loaded when one is written: exceljs takes half a second and 40 MB, also of mere readers. */
async function formatWriter(
  format: TableFormat,
  output: WatchedOutput,
  options: TableWriterOptions,
): Promise<FormatWriter> {
  switch (format) {
    case 'csv': {
      return new CsvTableWriter(output, options);
    }
    case 'xlsx': {
      const { XlsxTableWriter } = await import('./xlsx/xlsx-table-writer.js');
      return new XlsxTableWriter(output, options);
    }
    case 'ods': {
      const { OdsTableWriter } = await import('./ods/ods-table-writer.js');
      return new OdsTableWriter(output, options);
    }
  }
}

type State = { readonly is: 'open' | 'ended' } | { readonly is: 'failed'; readonly reason: unknown };

/** Sees to it that no file is completed that lacks rows. */
class CheckedWriter implements TableWriter {
  private state: State = { is: 'open' };

  constructor(
    private readonly writer: FormatWriter,
    private readonly output: WatchedOutput,
  ) {}

  async write(rows: Iterable<OutputRow>): Promise<void> {
    await this.attempt(() => this.writer.write(rows));
  }

  async end(): Promise<void> {
    await this.attempt(async () => {
      this.state = { is: 'ended' };
      await this.writer.end();
    });
  }

  abort(reason: Error = new Error('Writing the table was given up')): void {
    if (this.state.is !== 'failed') this.state = { is: 'failed', reason };
    this.writer.abort();
    this.output.fail(reason);
  }

  private async attempt(step: () => Promise<void>): Promise<void> {
    if (this.state.is === 'failed') throw this.state.reason;
    if (this.state.is === 'ended') throw new Error('The table was already ended');
    try {
      await step();
    } catch (reason) {
      this.state = { is: 'failed', reason };
      throw reason;
    }
  }
}
