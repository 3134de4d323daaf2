import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readAll } from '../test-support/read-archive.js';
import { numbers, rawZip, type RawEntry } from '../test-support/raw-zip.js';
import { refusalOf } from '../test-support/refusal.js';
import { WatchedSource } from '../test-support/watched-source.js';

const part: RawEntry = { name: 'xl/workbook.xml', content: '<workbook/>' };
const other: RawEntry = { name: 'xl/styles.xml', content: '<styleSheet/>' };
const good = rawZip([part, other]);
const locator = (offset: number | bigint) => numbers([4, 0x07064b50], [4, 0], [8, offset], [4, 1]);
const zip64End = (entries: bigint, signature = 0x06064b50) =>
  numbers([4, signature], [8, 44], [2, 45], [2, 45], [4, 0], [4, 0], [8, entries], [8, entries], [8, 0], [8, 0]);

const damaged: readonly (readonly [title: string, archive: Buffer, reason: RegExp])[] = [
  ['nothing', Buffer.alloc(0), /cut off/],
  ['a beginning alone', good.subarray(0, 4), /cut off/],
  ['cut in half', good.subarray(0, good.length / 2), /cut off/],
  ['without its last byte', good.subarray(0, -1), /cut off/],
  ['the second half alone', good.subarray(good.length / 2), /./],
  ['the end alone', good.subarray(-22), /./],
  ['a comment that claims more than there is', rawZip([part], { commentLength: 0xffff }), /cut off/],
  ['another end in the comment', rawZip([part], { comment: Buffer.concat([good.subarray(-22), Buffer.from('..')]) }), /comment|signature|EOF/],
  ['a directory beyond the file', rawZip([part], { directoryOffset: 0xfffffffe }), /EOF/],
  ['a directory in the middle of something', rawZip([part], { directoryOffset: 3 }), /signature/],
  ['65,535 entries claimed, one there', rawZip([part], { entries: 0xffff }), /EOF/],
  ['parts on other disks', rawZip([part], { disk: 3 }), /multi-disk/],
  ['a name longer than the file', rawZip([{ ...part, nameLength: 0xffff }]), /EOF/],
  ['a second entry without signature', rawZip([part, { ...other, directorySignature: 1 }]), /signature/],
  ['an extra field longer than itself', rawZip([{ ...part, extra: numbers([2, 1], [2, 500]) }]), /extra field/],
  ['ZIP64 sizes that are not there', rawZip([{ ...part, size: 0xffffffff, extra: numbers([2, 1], [2, 0]) }]), /zip64/],
  ['a ZIP64 end beyond the file', rawZip([part], { before: () => locator(2n ** 62n) }), /EOF/],
  ['a ZIP64 end that is none', rawZip([part], { before: (at) => Buffer.concat([zip64End(1n, 7), locator(at)]) }), /zip64/],
  ['2^60 entries claimed by ZIP64', rawZip([part], { before: (at) => Buffer.concat([zip64End(2n ** 60n), locator(at)]) }), /signature/],
  ['an entry that begins beyond the file', rawZip([{ ...part, offset: 0xfffffff0 }]), /EOF/],
  ['an entry that ends beyond the file', rawZip([{ ...part, compressedSize: 0xfffffff0 }]), /overflows/],
  ['an entry without its header', rawZip([{ ...part, localSignature: 7 }]), /signature/],
  ['a size too small', rawZip([{ ...part, size: 3 }]), /size/],
  ['a size too large', rawZip([{ ...part, size: 4000 }]), /size/],
  ['4 GB claimed for a few bytes', rawZip([{ ...part, size: 0xfffffffe }]), /size/],
  ['nothing claimed for a few bytes', rawZip([{ ...part, size: 0, crc: 0 }]), /size/],
  ['nothing where something is claimed', rawZip([{ ...part, data: Buffer.alloc(0) }]), /size/],
  ['stored with two sizes', rawZip([{ ...part, method: 0, size: 5 }]), /size/],
  ['a wrong checksum', rawZip([{ ...part, crc: 1 }]), /checksum/],
  ['one byte turned', rawZip([{ ...part, method: 0, data: Buffer.from('<workbooK/>') }]), /checksum/],
  ['noise instead of deflate', rawZip([{ ...part, data: Buffer.alloc(40, 0xff) }]), /invalid block type/],
  ['deflate that breaks off', rawZip([{ ...part, data: deflateRawSync('<workbook/>').subarray(0, 5) }]), /end of file/],
  ['an unknown method', rawZip([{ ...part, method: 97 }]), /method 97/],
  ['Deflate64', rawZip([{ ...part, method: 9 }]), /method 9/],
  ['two names for the same bytes', rawZip([part, { ...part, name: 'xl/workbooX.xml', offset: 0 }]), /overlap/],
  ['an entry within another', rawZip([{ ...part, method: 0, content: rawZip([other]), crc: 0 }, { ...other, offset: 45 }]), /overlap/],
  ['two entries of one name', rawZip([part, { ...part, content: '<workbook>other</workbook>' }]), /one name/],
  ['three of one name, the last as the first', rawZip([part, { ...part, content: 'other' }, part]), /one name/],
]; // prettier-ignore

describe('archives that are damaged or lie', () => {
  it.each(damaged)('%s', async (_, archive, reason) => {
    const source = new WatchedSource(archive);
    const refusal = await refusalOf(readAll(source));
    expect(refusal).toMatchObject({ code: 'file_unreadable', format: 'ZIP' });
    expect(String(refusal?.['reason'])).toMatch(reason);
    expect(refusal?.['cut']).toBe(reason.source === 'cut off' ? 'yes' : undefined);
    // What a directory claims costs nothing.
    expect(source.largestRead).toBeLessThanOrEqual(256 * 1024);
    expect(source.open).toBe(0);
  });

  it('a file that became shorter after it was opened', async () => {
    const source = new WatchedSource(good.subarray(0, good.length - 30), good.length);
    expect(await refusalOf(readAll(source))).toMatchObject({ code: 'file_unreadable' });
  });
});

describe('encrypted archives', () => {
  it.each([
    ['one entry', rawZip([{ ...part, flags: 0x801 }])],
    ['strong encryption', rawZip([{ ...part, flags: 0x841 }])],
    ['AES of WinZip', rawZip([{ ...part, flags: 1, method: 99 }])],
  ])('%s', async (_, archive) => {
    expect(await refusalOf(readAll(new WatchedSource(archive)))).toEqual({ code: 'file_encrypted' });
  });
});
