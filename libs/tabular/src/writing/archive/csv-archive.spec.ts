import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { bytesSource } from '../../source/bytes-source.js';
import { readAll } from '../../test-support/read-archive.js';
import { CsvArchive } from './csv-archive.js';

const CREATED = new Date('2026-11-30T08:00:00Z');
const columns = [{ header: 'A' }, { header: 'B' }];

it('holds its files as CSV, the empty ones too', async () => {
  const output = new PassThrough();
  const bytes = buffer(output);
  const archive = new CsvArchive(output, CREATED);
  const first = await archive.begin('first.csv', { columns, language: 'de' });
  await first.write([['=1', 'ä;b']]);
  await first.end();
  const second = await archive.begin('second.csv', { columns });
  await second.end();
  await archive.end();
  const files = await readAll(bytesSource(await bytes));
  expect([...files].map(([name, content]) => [name, content.toString()])).toEqual([
    ['first.csv', '\uFEFFA;B\r\n\'=1;"ä;b"\r\n'],
    ['second.csv', '\uFEFFA,B\r\n'],
  ]);
});

it('without files is an archive too', async () => {
  const output = new PassThrough();
  const bytes = buffer(output);
  await new CsvArchive(output, CREATED).end();
  expect((await readAll(bytesSource(await bytes))).size).toBe(0);
});

/** Text that no compression makes small. */
function noise(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(1_000))).toString('base64');
}

it('waits for whoever takes it slowly, holding little meanwhile', async () => {
  let taken = 0;
  let next: (() => void) | undefined;
  const output = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      taken += chunk.length;
      next = done;
    },
  });
  const archive = new CsvArchive(output, CREATED);
  const writer = await archive.begin('a.csv', { columns });
  let written = 0;
  const writing = (async () => {
    for (; written < 3_000; written++) await writer.write([[noise(), '']]);
  })();
  // Until nothing moves any more: the writer waits, and so does the output.
  let before = -1;
  await expect
    .poll(() => {
      const still = written === before && next !== undefined;
      before = written;
      return still;
    })
    .toBe(true);
  expect(written * 1_336).toBeLessThan(1_000_000);
  output.destroy();
  await expect(writing).rejects.toThrow('closed');
  expect(taken).toBeGreaterThan(0);
});

it.each([
  ['between two files', true],
  ['within a file', false],
])('closed %s, lets nothing be written any more', async (_when, ended) => {
  const output = new PassThrough();
  output.resume();
  const archive = new CsvArchive(output, CREATED);
  const writer = await archive.begin('a.csv', { columns });
  await writer.write([['1', '2']]);
  if (ended) await writer.end();
  const closed = new Promise((resolve) => output.once('close', resolve));
  output.destroy();
  await closed;
  const next = ended ? await archive.begin('b.csv', { columns }) : writer;
  await expect(next.end()).rejects.toThrow('closed');
  await expect(archive.end()).rejects.toThrow('closed');
});

it('given up, is cut off', async () => {
  const output = new PassThrough();
  const bytes = buffer(output).catch((error: unknown) => error);
  const archive = new CsvArchive(output, CREATED);
  const writer = await archive.begin('a.csv', { columns });
  await writer.write([['1', '2']]);
  archive.abort(new Error('no more'));
  expect(await bytes).toBeInstanceOf(Error);
  await expect(archive.end()).rejects.toThrow('no more');
});
