import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { TableFormat } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { bytesSource } from '../source/bytes-source.js';
import { readAll } from '../test-support/read-archive.js';
import { refusalOf } from '../test-support/refusal.js';
import { writeTable } from '../test-support/write-table.js';
import { createTableWriter } from './create-table-writer.js';
import type { OutputColumn, OutputRow } from './output-cell.js';

const FORMATS: readonly TableFormat[] = ['xlsx', 'ods', 'csv'];

async function refusal(format: TableFormat, rows: readonly OutputRow[]) {
  const error: unknown = await writeTable(format, rows).catch((reason: unknown) => reason);
  return error instanceof TabularError ? { code: error.code, ...error.params } : error;
}

it.each(['xlsx', 'ods'] as const)('a date of %s that is none is an error, and not waited for', async (format) => {
  const properties = { created: new Date(Number.NaN) };
  await expect(writeTable(format, [['a']], { properties })).rejects.toThrow(RangeError);
});

describe.each(FORMATS)('%s', (format) => {
  it.each([
    ['half a pair of surrogates', 'a\uD800', 'character'],
    ['a number that is none', Number.NaN, 'not_a_value_of_its_kind'],
    ['a number without end', Infinity, 'not_a_value_of_its_kind'],
    ['a number as people write it', { text: '1,5', kind: 'number' as const }, 'not_a_value_of_its_kind'],
    ['a number too large for one', { text: '1e999', kind: 'number' as const }, 'not_a_value_of_its_kind'],
    ['a date as people write it', { text: '31.01.2026', kind: 'date' as const }, 'not_a_value_of_its_kind'],
    ['a day that is none', { text: '2026-02-29', kind: 'date' as const }, 'not_a_value_of_its_kind'],
    ['a moment that is none', { text: '2026-02-28T24:00:00', kind: 'dateTime' as const }, 'not_a_value_of_its_kind'],
    ['a time that is none', { text: '12:60:00', kind: 'time' as const }, 'not_a_value_of_its_kind'],
    ['a truth that is none', { text: 'yes', kind: 'boolean' as const }, 'not_a_value_of_its_kind'],
  ])('refuses %s', async (_, cell, reason) => {
    expect(await refusal(format, [['a'], ['b', cell]])).toEqual({
      code: 'cell_not_writable',
      row: 2,
      column: 2,
      reason,
    });
  });

  it('completes no file that lacks rows', async () => {
    const output = new PassThrough();
    const writer = await createTableWriter(format, output);
    await expect(writer.write([['a'], [Number.NaN]])).rejects.toThrow('cell_not_writable');
    await expect(writer.write([['b']])).rejects.toThrow('cell_not_writable');
    await expect(writer.end()).rejects.toThrow('cell_not_writable');
    writer.abort();
    expect(output.destroyed).toBe(true);
  });

  it('takes rows in ascending order only', async () => {
    const rows = [
      { row: 4, cells: ['a'] },
      { row: 4, cells: ['b'] },
    ];
    expect(await refusal(format, rows)).toBeInstanceOf(RangeError);
  });

  it('ends once', async () => {
    const output = new PassThrough();
    const file = buffer(output);
    const writer = await createTableWriter(format, output);
    await writer.end();
    await expect(writer.end()).rejects.toThrow('already ended');
    await expect(writer.write([['a']])).rejects.toThrow('already ended');
    expect((await file).length).toBeGreaterThan(0);
  });

  it('waits until the output takes more, and keeps little meanwhile', async () => {
    const output = new PassThrough();
    const writer = await createTableWriter(format, output);
    let written = 0;
    const writing = (async () => {
      // Random, so that packing does not make it small.
      for (; written < 30; written++) await writer.write([Array.from({ length: 2500 }, () => Math.random())]);
      await writer.end();
    })();
    await once(output, 'readable');
    await waitForTicks(200);
    expect(written).toBeLessThan(20);
    const file = buffer(output);
    await writing;
    expect((await file).length).toBeGreaterThan(30 * 2500 * 5);
  });

  it('fails with what the output fails with, whenever that is', async () => {
    const full = new Error('no space left');
    const output = new Writable({
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        done(bytes > 5000 ? full : null);
      },
    });
    let bytes = 0;
    const writer = await createTableWriter(format, output);
    const writing = (async () => {
      for (let i = 0; i < 200; i++) await writer.write([Array.from({ length: 2000 }, () => Math.random())]);
      await writer.end();
    })();
    await expect(writing).rejects.toBe(full);
    writer.abort();
  });

  it('fails when the output is closed under it, also at the end', async () => {
    const output = new PassThrough();
    const writer = await createTableWriter(format, output);
    await writer.write([['a']]);
    const end = writer.end();
    output.destroy();
    await expect(end).rejects.toThrow('closed before the table was complete');
  });

  it('gives up at once', async () => {
    const output = new PassThrough();
    const writer = await createTableWriter(format, output);
    const writing = writer.write(Array.from({ length: 300 }, () => Array.from({ length: 1000 }, () => Math.random())));
    const reason = new Error('no longer wanted');
    writer.abort(reason);
    await expect(writing).rejects.toBe(reason);
    await expect(writer.end()).rejects.toBe(reason);
    expect(output.destroyed).toBe(true);
  });
});

it('refuses characters that ODS cannot hold, in notes too', async () => {
  const refused = { code: 'cell_not_writable', row: 1, column: 1, reason: 'character' };
  expect(await refusal('ods', [['a\u0001']])).toEqual(refused);
  expect(await refusal('ods', [[{ text: 'a', comment: '\u0001' }]])).toEqual(refused);
});

it.each<[TableFormat, OutputColumn, object]>([
  ['xlsx', { header: '\uD800' }, { code: 'cell_not_writable', row: 1, column: 2, reason: 'character' }],
  ['xlsx', { header: 'x'.repeat(32_768) }, { code: 'cell_too_long', row: 1, column: 2, limit: 32_767, length: 32_768 }],
  ['xlsx', { header: 'x', list: ['\uD800'] }, { code: 'cell_not_writable', row: 1, column: 2, reason: 'character' }],
  ['ods', { header: '\u0001' }, { code: 'cell_not_writable', row: 1, column: 2, reason: 'character' }],
  ['ods', { header: 'x', list: ['\u0001'] }, { code: 'cell_not_writable', row: 1, column: 2, reason: 'character' }],
  ['csv', { header: '\uD800' }, { code: 'cell_not_writable', row: 1, column: 2, reason: 'character' }],
])('%s refuses headers and lists as it does cells: %j', async (format, column, refused) => {
  const output = new PassThrough();
  const writer = createTableWriter(format, output, { columns: [{ header: 'a' }, column] });
  expect(await refusalOf(writer)).toEqual(refused);
  expect(output.destroyed).toBe(true);
});

it.each(['xlsx', 'ods'] as const)('leaves what XML cannot hold out of the properties of %s', async (format) => {
  const properties = { title: 'a\u0001b\uD800', creator: '\uFFFE' };
  const parts = await readAll(bytesSource(await writeTable(format, [['a']], { properties })));
  const part = [...parts].find(([name]) => /meta\.xml$|core\.xml$/.test(name))?.[1].toString();
  expect(part).toMatch(/<dc:title>ab\uFFFD<\/dc:title>/);
  expect(part).not.toContain('\uFFFE');
});

it('refuses texts that Excel cannot hold', async () => {
  expect(await refusal('xlsx', [['a', 'x'.repeat(32_768)]])).toEqual({
    code: 'cell_too_long',
    row: 1,
    column: 2,
    limit: 32_767,
    length: 32_768,
  });
  expect(await refusal('ods', [['x'.repeat(32_768)]])).not.toBeInstanceOf(Error);
});

it.each(['xlsx', 'ods'] as const)('refuses rows and columns that a sheet of %s does not have', async (format) => {
  const limit = 1_048_576;
  expect(await refusal(format, [{ row: limit, cells: ['a'] }, ['b']])).toEqual({
    code: 'too_many_rows',
    limit,
    rows: limit + 1,
  });
  expect(await refusal(format, [Array.from({ length: 16_385 }, () => 'x')])).toEqual({
    code: 'too_many_columns',
    row: 1,
    limit: 16_384,
    columns: 16_385,
  });
});

/** Long enough for everything that can go on to go on. */
async function waitForTicks(count: number): Promise<void> {
  for (let i = 0; i < count; i++) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }
}
