import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { newId } from '@muster/persistence';
import { FileStore } from './file-store.js';

describe('FileStore', () => {
  const key = { companyId: newId(), uploadId: newId() };
  let folder: string;
  let store: FileStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-files-'));
    store = new FileStore(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const stored = async () => {
    const file = await store.open(key);
    const bytes = await file.read(0, file.size);
    await file.close?.();
    return Buffer.from(bytes).toString();
  };
  const kept = () => readdir(join(folder, key.companyId)).catch(() => []);

  it('gives back what was written, and nothing else is left', async () => {
    await store.write(key, Readable.from([Buffer.from('ab'), Buffer.from('c')]));
    expect(await stored()).toBe('abc');
    expect(await kept()).toEqual([key.uploadId]);
    await store.remove(key);
    expect(await kept()).toEqual([]);
  });

  it('removes all of a company, and nothing of another, however often', async () => {
    const other = { companyId: newId(), uploadId: newId() };
    for (const one of [key, { ...key, uploadId: newId() }, other])
      await store.write(one, Readable.from([Buffer.from('x')]));
    for (let i = 0; i < 2; i++) await store.removeAll(key.companyId);
    expect(await readdir(folder)).toEqual([other.companyId]);
  });

  it('two writers of one key do not mix their bytes', async () => {
    const texts = ['a', 'b'].map((letter) => letter.repeat(500_000));
    await Promise.all(texts.map((text) => store.write(key, Readable.from([...chunks(text)]))));
    expect(texts).toContain(await stored());
    expect(await kept()).toEqual([key.uploadId]);
  });

  it.each([
    ['before it is read', () => Promise.resolve()],
    ['while it is read', () => vi.waitUntil(async () => (await kept()).length > 0, PATIENT)],
  ])('a source that fails %s leaves nothing', async (_when, moment) => {
    const source = new PassThrough().on('error', () => undefined);
    source.write('abc');
    const written = store.write(key, source);
    await moment();
    source.destroy(new Error('gone'));
    await expect(written).rejects.toThrow('gone');
    expect(await kept()).toEqual([]);
  });

  it('removes what was begun long ago, and only that', async () => {
    const company = join(folder, key.companyId);
    await mkdir(company);
    const dayAgo = new Date('2026-03-01T12:00:00Z');
    const names = {
      'old.part': '2026-03-01T11:59:59Z',
      'new.part': '2026-03-01T12:00:01Z',
      old: '2026-01-01T00:00:00Z',
    };
    for (const [name, time] of Object.entries(names)) {
      await writeFile(join(company, name), 'x');
      await utimes(join(company, name), new Date(time), new Date(time));
    }
    await store.removeLeftovers(dayAgo);
    expect(await kept()).toEqual(['new.part', 'old']);
  });

  it('has no leftovers in a folder that is not there yet', async () => {
    await expect(new FileStore(join(folder, 'later')).removeLeftovers(new Date())).resolves.toBeUndefined();
  });
});

function* chunks(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 10_000) yield text.slice(at, at + 10_000);
}
