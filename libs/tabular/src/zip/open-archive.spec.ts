import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { bytesSource } from '../source/bytes-source.js';
import { makeZip } from '../test-support/make-zip.js';
import { rawZip } from '../test-support/raw-zip.js';
import { readAll } from '../test-support/read-archive.js';
import { crc32, crc32ByTable } from './crc32.js';
import { openArchive } from './open-archive.js';

const text = 'Größe €5 '.repeat(5000);
const noise = randomBytes(700_000);

async function textsOf(archive: Buffer): Promise<Record<string, string>> {
  const contents = await readAll(bytesSource(archive));
  return Object.fromEntries([...contents].map(([name, bytes]) => [name, bytes.toString()]));
}

describe('archives as programs write them', () => {
  it.each([
    ['deflated', {}],
    ['stored', { store: true }],
    ['with data descriptors', { dataDescriptor: true }],
    ['with stored data descriptors', { dataDescriptor: true, store: true }],
    ['ZIP64', { zip64: true }],
    ['ZIP64 with data descriptors', { zip64: true, dataDescriptor: true }],
  ])('%s', async (_, options) => {
    const contents = await readAll(bytesSource(await makeZip({ 'a/text': text, noise, empty: '' }, options)));
    expect([...contents.keys()]).toEqual(['a/text', 'noise', 'empty']);
    expect(contents.get('a/text')?.toString()).toBe(text);
    expect(contents.get('noise')?.equals(noise)).toBe(true);
    expect(contents.get('empty')?.length).toBe(0);
  });

  it('empty', async () => {
    expect(await textsOf(rawZip([]))).toEqual({});
  });

  it.each([
    ['behind a long comment', rawZip([{ name: 'a', content: text }], { comment: Buffer.alloc(0xffff, 'x') })],
    ['with a line end behind it', Buffer.concat([rawZip([{ name: 'a', content: text }]), Buffer.from('\r\n')])],
    ['in blocks filled with zeros', Buffer.concat([rawZip([{ name: 'a', content: text }]), Buffer.alloc(2000)])],
    ['with a directory that claims 4 GB', rawZip([{ name: 'a', content: text }], { directorySize: 0xfffffffe })],
    ['with an entry of a folder', rawZip([{ name: 'b/' }, { name: 'a', content: text }])],
    ['with something behind the deflated bytes', rawZip([{ name: 'a', content: text }, { name: 'c/', data: Buffer.alloc(9) }])],
  ])('%s', async (_, archive) => {
    expect(await textsOf(archive)).toEqual({ a: text });
  }); // prettier-ignore
});

describe('names of entries', () => {
  it.each<[string, string | Buffer, string, number]>([
    ['separators of Windows', 'xl\\worksheets\\sheet1.xml', 'xl/worksheets/sheet1.xml', 0x800],
    ['a leading separator', '/xl/workbook.xml', 'xl/workbook.xml', 0x800],
    ['the folder itself', './xl/workbook.xml', 'xl/workbook.xml', 0x800],
    ['a way out of the folder, which is a name and no path', '../../etc/passwd', '../../etc/passwd', 0x800],
    ['a drive', 'C:\\a.xml', 'C:/a.xml', 0x800],
    ['a zero', 'a\0b', 'a\0b', 0x800],
    ['a word of the language', '__proto__', '__proto__', 0x800],
    ['UTF-8', 'Größe.xml', 'Größe.xml', 0x800],
    ['the letters of DOS', Buffer.from([0x47, 0x72, 0x94, 0xe1, 0x65]), 'Größe', 0],
    ['bytes that are no UTF-8', Buffer.from([0x61, 0xff]), 'a\uFFFD', 0x800],
    ['no name', '', '', 0x800],
  ])('%s', async (_, name, expected, flags) => {
    const contents = await readAll(bytesSource(rawZip([{ name, flags, content: 'x' }])));
    expect([...contents.keys()]).toEqual([expected]);
  });

  it('may stand there twice with the same contents', async () => {
    expect(await textsOf(rawZip([{ name: 'a', content: 'x' }, { name: 'b' }, { name: 'a', content: 'x' }]))).toEqual({
      a: 'x',
      b: '',
    });
  });

  it('may stand there twice as long as nobody reads them', async () => {
    const archive = rawZip([
      { name: 'a', content: 'x' },
      { name: 'b', content: '1' },
      { name: 'b', content: '2' },
    ]);
    const opened = await openArchive(bytesSource(archive), DEFAULT_LIMITS);
    const entry = opened.entries.get('a');
    expect(entry && (await opened.bytes(entry, 9)).toString()).toBe('x');
  });
});

describe('crc32', () => {
  it.each(['', 'a', '123456789', text])('is the same with and without the help of Node', (value) => {
    const bytes = Buffer.from(value);
    expect(crc32ByTable(bytes)).toBe(crc32(bytes));
    const [first, second] = [bytes.subarray(0, 3), bytes.subarray(3)];
    expect(crc32ByTable(second, crc32ByTable(first))).toBe(crc32(second, crc32(first)));
  });

  it('is that of the standard', () => {
    expect(crc32ByTable(Buffer.from('123456789'))).toBe(0xcbf43926);
  });
});
