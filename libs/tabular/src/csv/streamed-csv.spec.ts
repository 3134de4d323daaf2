import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { bytesSource } from '../source/bytes-source.js';
import { refusalOf } from '../test-support/refusal.js';
import { WatchedSource } from '../test-support/watched-source.js';
import { openCsv } from './open-csv.js';
import { countEffort } from '../test-support/effort.js';

describe('streaming', () => {
  const MEGABYTE = 1024 * 1024;
  const context = { limits: { ...DEFAULT_LIMITS, rows: 1e9 }, temporaryFolder: '' };
  const filled = (start: string, filler: string, end = '', size = 8) => Buffer.concat([Buffer.from(start), Buffer.alloc(size * MEGABYTE, filler), Buffer.from(end)]); // prettier-ignore

  it.each<[string, Buffer, object | undefined]>([
    ['a quote that stays open', filled('a;b\n1;2\n"', 'some text; of a line\n', '', 30), { code: 'unbalanced_quotes', row: 3 }],
    ['one that is closed at the very end', filled('a;b\n1;2\n"', 'some text; of a line\n', '"'), { code: 'cell_too_long', row: 3, limit: 32_767 }],
    ['quotes only', filled('a;b\n', '"'), { code: 'cell_too_long', row: 2, limit: 32_767 }],
    ['quotes that do not close', filled('a;b\n"', '"a'), { code: 'unbalanced_quotes', row: 2 }],
    ['white space behind a quote', filled('a;b\n"x"', ' '), { code: 'unbalanced_quotes', row: 2 }],
    ['a cell without end', filled('a;b\n', 'x'), { code: 'cell_too_long', row: 2, limit: 32_767 }],
    ['a row without end', filled('a;b\n', ';'), { code: 'cell_too_long', row: 2, limit: 32_767 }],
    ['NULs', filled('a;b\n', '\0'), { code: 'unsupported_format', format: 'BIN' }],
    ['line feeds', filled('a;b\n', '\n'), undefined],
    ['CRs', filled('a;b\r', '\r'), undefined],
  ])('megabytes of %s', async (_name, file, refusal) => {
    const before = process.memoryUsage.rss();
    const effort = countEffort();
    const reading = async () => {
      const table = await openCsv(bytesSource(file), context);
      for await (const { rows } of table.read()) expect(rows.length).toBeLessThanOrEqual(1_000);
    };
    expect(await refusalOf(reading())).toEqual(refusal);
    expect(effort()).toBeLessThan(10_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * MEGABYTE);
  }); // prettier-ignore

  it('asks for more only when the rows were taken, and stops when nobody wants more', async () => {
    const source = new WatchedSource(Buffer.alloc(30 * MEGABYTE, 'ä;1\n'));
    const table = await openCsv(source, context);
    const opened = source.bytesRead;
    expect(opened).toBeLessThan(MEGABYTE);
    for await (const { bytesRead } of table.read()) {
      expect(bytesRead).toBe(source.bytesRead - opened);
      expect(bytesRead).toBeLessThanOrEqual(128 * 1024);
      break;
    }
    const stopped = source.bytesRead;
    await table.close();
    expect(source).toMatchObject({ bytesRead: stopped, open: 0, timesClosed: 1 });
  });

  it('stops at once when told to, also in the middle of a read', async () => {
    const source = new WatchedSource(Buffer.alloc(MEGABYTE, 'ä;1\n'));
    const table = await openCsv(source, context);
    const stop = new AbortController();
    const rows = table.read({ signal: stop.signal });
    await rows.next();
    stop.abort(new Error('enough'));
    await expect(rows.next()).rejects.toThrow('enough');
    source.stuckFrom = 0;
    const other = new AbortController();
    const stuck = table.read({ signal: other.signal }).next();
    other.abort(new Error('too long'));
    await expect(stuck).rejects.toThrow('too long');
  });

  it('notices a source that ends before its size', async () => {
    const source = new WatchedSource(Buffer.from('a;b\n1;2\n'), 1_000);
    const table = await openCsv(source, context);
    const reading = (async () => {
      for await (const { rows } of table.read()) expect(rows.length).toBeGreaterThan(0);
    })();
    expect(await refusalOf(reading)).toMatchObject({ code: 'file_unreadable' });
  });
});
