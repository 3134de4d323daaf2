import type { ReadOptions, SheetBatch, Table } from './table.js';

/** A table whose reads end when it is closed, whatever they wait for: what is left of it would look like a damaged file. */
export function closable(table: Table): Table {
  const reads = new Set<AbortController>();
  let isClosed = false;

  async function* read(options: ReadOptions = {}): AsyncGenerator<SheetBatch, void, void> {
    if (isClosed) throw closedError();
    const { signal } = options;
    signal?.throwIfAborted();
    const reading = new AbortController();
    const onAbort = (): void => reading.abort(signal?.reason);
    reads.add(reading);
    signal?.addEventListener('abort', onAbort);
    try {
      for await (const batch of table.read({ ...options, signal: reading.signal })) {
        yield batch;
        reading.signal.throwIfAborted();
      }
    } catch (error) {
      reading.signal.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener('abort', onAbort);
      reads.delete(reading);
    }
  }

  return {
    format: table.format,
    size: table.size,
    // Asked for each time: an ODS file may turn out to have more.
    get sheets() {
      return table.sheets;
    },
    ...(table.csv && { csv: table.csv }),
    read,
    close: () => {
      isClosed = true;
      for (const reading of reads) reading.abort(closedError());
      return table.close();
    },
  };
}

function closedError(): Error {
  return new Error('the table is closed');
}
