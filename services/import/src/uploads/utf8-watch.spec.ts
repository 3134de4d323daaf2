import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Utf8Watch } from './utf8-watch.js';

function watch(bytes: Buffer, chunkSize: number): string {
  const utf8 = new Utf8Watch();
  for (let at = 0; at < bytes.length; at += chunkSize) utf8.push(bytes.subarray(at, at + chunkSize));
  return utf8.verdict();
}

describe('Utf8Watch', () => {
  it('knows any text as ASCII or UTF-8, wherever it is cut', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 7 }), (text, size) => {
        const expected = /^[\0-\x7f]*$/.test(text) ? 'ascii' : 'utf-8';
        expect(watch(Buffer.from(text), size)).toBe(expected);
      }),
    );
  });

  it.each([
    ['Windows-1252 after plain ASCII', Buffer.from('abc;M\xfcller;x', 'latin1'), 'other'],
    ['a character that is cut off at the end', Buffer.from([0x61, 0xc3]), 'other'],
    ['UTF-8 with one bad byte later', Buffer.concat([Buffer.from('Müller;'), Buffer.from([0xfc, 0x3b])]), 'utf-8'],
  ])('%s', (_name, bytes, expected) => {
    for (const size of [1, 2, 3, 1000]) expect(watch(bytes, size)).toBe(expected);
  });
});
