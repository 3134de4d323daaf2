import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusalOf } from '../test-support/refusal.js';
import { tempFolder } from '../test-support/temp-folder.js';
import { WatchedSource } from '../test-support/watched-source.js';
import { bytesSource } from './bytes-source.js';
import { chunks } from './chunks.js';
import { fileSource } from './file-source.js';
import { untilAborted } from './until-aborted.js';

/** Part of every Unix. */
const MAKE_PIPE = 'mkfifo';
const content = randomBytes(10_000);

async function savedFile(): Promise<string> {
  const path = join(await tempFolder(), 'file');
  await writeFile(path, content);
  return path;
}

describe.each([
  ['a file', async () => fileSource(await savedFile())],
  ['bytes', () => Promise.resolve(bytesSource(content))],
])('the source of %s', (_, open) => {
  it('gives bytes of any place', async () => {
    const source = await open();
    expect(source.size).toBe(content.length);
    const parts = await Promise.all([source.read(9000, 1000), source.read(0, 10), source.read(5, 1)]);
    expect(parts.map((part) => Buffer.from(part))).toEqual([
      content.subarray(9000),
      content.subarray(0, 10),
      content.subarray(5, 6),
    ]);
    await source.close?.();
  });

  it('gives less at its end, and nothing behind it', async () => {
    const source = await open();
    expect((await source.read(9990, Number.MAX_SAFE_INTEGER)).length).toBe(10);
    expect((await source.read(10_000, 5)).length).toBe(0);
    expect((await source.read(2 ** 52, 2 ** 52)).length).toBe(0);
    await source.close?.();
  });
});

describe('fileSource', () => {
  it('gives the file back', async () => {
    const source = await fileSource(await savedFile());
    await source.close?.();
    await expect(source.read(0, 1)).rejects.toMatchObject({ code: 'EBADF' });
  });

  it('gives what is left of a file that became shorter', async () => {
    const path = await savedFile();
    const source = await fileSource(path);
    await truncate(path, 100);
    expect((await source.read(90, 50)).length).toBe(10);
    expect((await source.read(200, 50)).length).toBe(0);
    await source.close?.();
  });

  it.skipIf(process.platform === 'win32')('does not wait for what somebody may put into a pipe', async () => {
    const path = join(await tempFolder(), 'pipe');
    execFileSync(MAKE_PIPE, [path]);
    expect(await refusalOf(fileSource(path))).toMatchObject({ code: 'file_unreadable' });
  });

  it('tells what is no file, and what is not there', async () => {
    const folder = await tempFolder();
    await mkdir(join(folder, 'inside'));
    expect(await refusalOf(fileSource(join(folder, 'inside')))).toMatchObject({ code: 'file_unreadable' });
    await expect(fileSource(join(folder, 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('chunks', () => {
  async function joined(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
    const all: Uint8Array[] = [];
    for await (const piece of pieces) all.push(piece);
    return Buffer.concat(all);
  }

  it.each([
    [0, 1],
    [0, 3333],
    [0, 10_000],
    [5, 100_000],
    [9_999, 4],
    [10_000, 4],
    [20_000, 4],
  ])('are the bytes from %i on, in pieces of %i', async (from, pieceSize) => {
    const source = bytesSource(content);
    expect((await joined(chunks(source, from, pieceSize))).equals(content.subarray(from))).toBe(true);
  });

  it('are read when they are asked for', async () => {
    const source = new WatchedSource(content);
    for await (const piece of chunks(source, 0, 1000)) {
      expect(piece.length).toBe(1000);
      if (source.reads === 3) break;
    }
    expect(source.bytesRead).toBe(3000);
  });

  it('end where a file became shorter', async () => {
    expect((await joined(chunks(new WatchedSource(content, 20_000)))).length).toBe(10_000);
  });
});

describe('untilAborted', () => {
  it('is the outcome, and leaves no listener', async () => {
    const { signal } = new AbortController();
    expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
    await expect(untilAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('is the reason when the signal was there first', async () => {
    const controller = new AbortController();
    const waiting = untilAborted(new Promise(() => undefined), controller.signal);
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    // A failure that comes too late is nobody's.
    await expect(untilAborted(Promise.reject(new Error('late')), controller.signal)).rejects.toBeDefined();
    expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
  });
});
