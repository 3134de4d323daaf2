import { randomBytes } from 'node:crypto';
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { rawZip } from '../test-support/raw-zip.js';
import { WatchedSource } from '../test-support/watched-source.js';
import type { Archive, ArchiveEntry } from './archive.js';
import { openArchive } from './open-archive.js';

const MEGABYTE = 1024 * 1024;
const noise = randomBytes(4 * MEGABYTE);

const zips = new Map([0, 8].map((method) => [method, rawZip([{ name: 'a', content: noise, method }])]));

async function opened(method: number) {
  const source = new WatchedSource(zips.get(method) ?? noise);
  const archive = await openArchive(source, DEFAULT_LIMITS);
  const [entry] = archive.entries.values();
  if (!entry) throw new Error('no entry');
  return { source, archive, entry };
}

async function first(archive: Archive, entry: ArchiveEntry, signal?: AbortSignal): Promise<Uint8Array | undefined> {
  for await (const chunk of archive.stream(entry, signal)) return chunk;
  return undefined;
}

/** Waits until nothing is read any more. */
async function settled(source: WatchedSource): Promise<void> {
  for (let before = -1; before !== source.reads || source.open > 0;) {
    before = source.reads;
    for (let turn = 0; turn < 20; turn++) {
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  }
}

describe.each([
  ['stored', 0],
  ['deflated', 8],
])('a stream of %s bytes', (_, method) => {
  it('reads no further than it is asked to', async () => {
    const { source, archive, entry } = await opened(method);
    const stream = archive.stream(entry);
    await stream.next();
    await settled(source);
    expect(source.bytesRead).toBeLessThan(1.5 * MEGABYTE);
    await stream.return(undefined);
  });

  it('ends when the consumer does, and the archive goes on', async () => {
    const { source, archive, entry } = await opened(method);
    expect((await first(archive, entry))?.length).toBeGreaterThan(0);
    await settled(source);
    expect(source.bytesRead).toBeLessThan(1.5 * MEGABYTE);
    expect((await archive.bytes(entry, noise.length)).equals(noise)).toBe(true);
  });

  it('ends with the reason of the signal, before it begins', async () => {
    const { archive, entry } = await opened(method);
    await expect(first(archive, entry, AbortSignal.abort('enough'))).rejects.toBe('enough');
  });

  it('ends with the reason of the signal, while it is read', async () => {
    const { source, archive, entry } = await opened(method);
    const controller = new AbortController();
    const reason = new Error('enough');
    const reading = (async () => {
      for await (const chunk of archive.stream(entry, controller.signal)) {
        expect(chunk.length).toBeGreaterThan(0);
        controller.abort(reason);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    await settled(source);
    expect(source.bytesRead).toBeLessThan(1.5 * MEGABYTE);
  });

  it('ends with the reason of the signal, while the source does not answer', async () => {
    const { source, archive, entry } = await opened(method);
    source.stuckFrom = MEGABYTE;
    const controller = new AbortController();
    const reading = (async () => {
      for await (const chunk of archive.stream(entry, controller.signal)) {
        expect(chunk.length).toBeGreaterThan(0);
        setImmediate(() => {
          controller.abort('too slow');
        });
      }
    })();
    await expect(reading).rejects.toBe('too slow');
  });

  it('leaves no listener at the signal', async () => {
    const { archive, entry } = await opened(method);
    const { signal } = new AbortController();
    await first(archive, entry, signal);
    for await (const chunk of archive.stream(entry, signal)) {
      expect(getEventListeners(signal, 'abort').length).toBeLessThan(3);
      expect(chunk.length).toBeGreaterThan(0);
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('gives on what the source fails with, which is no fault of the archive', async () => {
    const { source, archive, entry } = await opened(method);
    const error = new Error('connection lost');
    source.failure = { from: MEGABYTE, error };
    await expect(archive.bytes(entry, noise.length)).rejects.toBe(error);
    source.failure = { from: 0, error };
    await expect(archive.bytes(entry, noise.length)).rejects.toBe(error);
  });

  it('counts what was read of the file', async () => {
    const { archive, entry } = await opened(method);
    expect(archive.bytesRead()).toBe(0);
    let before = 0;
    for await (const chunk of archive.stream(entry)) {
      expect(chunk.length).toBeGreaterThan(0);
      expect(archive.bytesRead()).toBeGreaterThanOrEqual(before);
      before = archive.bytesRead();
    }
    expect(archive.bytesRead()).toBe(entry.compressedSize);
    expect(archive.size).toBeGreaterThan(entry.compressedSize);
  });
});

it('closes the source with the archive', async () => {
  const { source, archive } = await opened(8);
  await archive.close();
  expect(source.timesClosed).toBe(1);
});

it('gives on what the source fails with while the directory is read', async () => {
  const source = new WatchedSource(rawZip([{ name: 'a' }]));
  const error = new Error('connection lost');
  source.failure = { from: 0, error };
  await expect(openArchive(source, DEFAULT_LIMITS)).rejects.toBe(error);
});
