import { randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type TableLimits } from '../limits.js';
import { bytesSource } from '../source/bytes-source.js';
import { rawZip, type RawEntry } from '../test-support/raw-zip.js';
import { readAll } from '../test-support/read-archive.js';
import { refusalOf } from '../test-support/refusal.js';
import { openArchive } from './open-archive.js';

const MEGABYTE = 1024 * 1024;
const zeros = (megabytes: number) => Buffer.alloc(megabytes * MEGABYTE);
const noise = (name: string, length: number): RawEntry => ({ name, content: randomBytes(length) });
const bomb = rawZip([{ name: 'a', content: zeros(60) }]);

const beyond: readonly (readonly [
  title: string,
  archive: Buffer,
  limits: Partial<TableLimits>,
  refusal: Record<string, unknown>,
])[] = [
  ['too many entries', rawZip([noise('a', 1), noise('b', 1)]), { entries: 1 }, { code: 'too_many_entries', limit: 1, entries: 2 }],
  ['too large an entry', rawZip([noise('a', 3000)]), { entryBytes: 2999 }, { code: 'unpacks_too_large', limit: 2999, bytes: 3000 }],
  ['too much in total', rawZip([noise('a', 600), noise('b', 600)]), { unpackedBytes: 1000 }, { code: 'unpacks_too_large', limit: 1000, bytes: 1200 }],
  ['too high a ratio', bomb, {}, { code: 'unpack_ratio_too_high', limit: 500 }],
  ['a bomb that claims to be small', rawZip([{ name: 'a', content: zeros(9), size: 10 }]), {}, { code: 'file_unreadable' }],
  ['a bomb that claims to be nothing', rawZip([{ name: 'a', content: zeros(9), compressedSize: 0, data: deflateRawSync(zeros(9)) }]), {}, { code: 'file_unreadable' }],
]; // prettier-ignore

describe('limits of archives', () => {
  it.each(beyond)('%s', async (_, archive, limits, refusal) => {
    expect(await refusalOf(readAll(bytesSource(archive), limits))).toMatchObject(refusal);
  });

  it('are reached exactly', async () => {
    const archive = bytesSource(rawZip([noise('a', 3000), noise('b', 1000)]));
    const contents = await readAll(archive, { entries: 2, entryBytes: 3000, unpackedBytes: 4000 });
    expect(contents.size).toBe(2);
  });

  it('stop a bomb long before its end', async () => {
    const archive = await openArchive(bytesSource(bomb), DEFAULT_LIMITS);
    let unpacked = 0;
    const reading = (async () => {
      for (const entry of archive.entries.values()) {
        for await (const chunk of archive.stream(entry)) unpacked += chunk.length;
      }
    })();
    expect(await refusalOf(reading)).toMatchObject({ code: 'unpack_ratio_too_high' });
    expect(unpacked).toBeLessThan(40 * MEGABYTE);
  });

  it('hold no ratio against a part of a few megabytes', async () => {
    const contents = await readAll(bytesSource(rawZip([{ name: 'a', content: zeros(7) }])));
    expect(contents.get('a')?.length).toBe(7 * MEGABYTE);
  });

  it('count an entry once that is read twice', async () => {
    const limits = { ...DEFAULT_LIMITS, unpackedBytes: 1000 };
    const archive = await openArchive(bytesSource(rawZip([noise('a', 600)])), limits);
    const [entry] = archive.entries.values();
    if (!entry) throw new Error('no entry');
    await archive.bytes(entry, 600);
    await archive.bytes(entry, 600);
    expect(archive.bytesRead()).toBe(entry.compressedSize);
  });

  it('hold for a part that is wanted as a whole', async () => {
    const archive = await openArchive(bytesSource(rawZip([noise('a', 601)])), DEFAULT_LIMITS);
    const [entry] = archive.entries.values();
    if (!entry) throw new Error('no entry');
    expect(await refusalOf(archive.bytes(entry, 600))).toEqual({ code: 'unpacks_too_large', limit: 600, bytes: 601 });
  });
});
