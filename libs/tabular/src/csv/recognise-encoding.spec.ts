import { describe, expect, it } from 'vitest';
import { bytesSource } from '../source/bytes-source.js';
import { recogniseEncoding, type RecognisedEncoding } from './recognise-encoding.js';
import { countEffort } from '../test-support/effort.js';

const GERMAN = 'Name;Ort\r\nMüller;Köln\r\nGroß;Wörgl\r\n';
const HEAD = 256;

function latin(...bytes: (string | number)[]): Buffer {
  return Buffer.concat(bytes.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))));
}

function utf16be(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

function utf32(text: string, littleEndian: boolean): Buffer {
  const bytes = Buffer.alloc([...text].length * 4);
  for (const [i, character] of [...text].entries()) {
    const code = character.codePointAt(0) ?? 0;
    if (littleEndian) bytes.writeUInt32LE(code, i * 4);
    else bytes.writeUInt32BE(code, i * 4);
  }
  return bytes;
}

function recognised(file: Buffer): Promise<RecognisedEncoding> {
  return recogniseEncoding(bytesSource(file), file.subarray(0, HEAD));
}

describe('by mark and by zeros', () => {
  it.each<[string, boolean, Buffer]>([
    ['utf-8', true, Buffer.from(`\uFEFF${GERMAN}`)],
    ['utf-16le', true, Buffer.from(`\uFEFF${GERMAN}`, 'utf16le')],
    ['utf-16be', true, utf16be(`\uFEFF${GERMAN}`)],
    ['utf-32le', true, utf32(`\uFEFF${GERMAN}`, true)],
    ['utf-32be', true, utf32(`\uFEFF${GERMAN}`, false)],
    ['utf-16le', false, Buffer.from(GERMAN, 'utf16le')],
    ['utf-16be', false, utf16be(GERMAN)],
    ['utf-32le', false, utf32(GERMAN, true)],
    ['utf-32be', false, utf32(`😀${GERMAN}`, false)],
    ['utf-16le', false, Buffer.from('Имя;Город\r\nИван;Москва\r\n', 'utf16le')],
    ['utf-16be', false, utf16be('שם;עיר\nדוד;חיפה\n')],
    ['utf-16le', false, Buffer.from('姓名,城市\n张三,北京\n王一一,上海\n'.repeat(9), 'utf16le')],
    ['utf-16be', false, utf16be('姓名,城市\n张三,北京\n王一一,上海\n'.repeat(9))],
    ['utf-16le', false, Buffer.from('Āā,1\nĂă,2\n', 'utf16le')],
    ['utf-16le', false, Buffer.from('a', 'utf16le')],
    ['utf-8', false, Buffer.from('a;b\n1\0;2\n')],
    ['utf-8', false, Buffer.from('code\0\0;name\0\0\nA\0\0;Anna\0\0\n')],
    ['utf-8', false, Buffer.alloc(64)],
  ])('%s, mark %s', async (encoding, bom, file) => {
    expect(await recognised(file)).toEqual({ encoding, bom });
  });
});

describe('by the characters beyond ASCII', () => {
  it.each<[string, string, Buffer]>([
    ['plain ASCII', 'utf-8', latin('a;b\n1;2\n')],
    ['umlauts', 'utf-8', Buffer.from(GERMAN)],
    ['other scripts', 'utf-8', Buffer.from('имя,名前,नाम\n')],
    ['one bad byte among good ones', 'utf-8', Buffer.concat([Buffer.from(GERMAN), Buffer.of(0xff)])],
    ['the last character cut', 'utf-8', Buffer.concat([Buffer.from(GERMAN), Buffer.of(0xc3)])],
    ['umlauts of one byte', 'windows-1252', latin(GERMAN)],
    ['a letter at the very end', 'windows-1252', latin('Ort\nCaf', 0xe9)],
    ['the letters before a closing quote that look like UTF-8', 'windows-1252', latin('Größe ', 0x93, 'groß', 0x94, '\n')],
    ['the euro sign of Windows', 'windows-1252', latin('Preis\n12 ', 0x80, '\nfür 5\n')],
    ['the euro sign of Windows, beside the sign of ISO-8859-15', 'windows-1252', latin('12 ', 0x80, '\n', 0xa4, '\n')],
    ['overlong forms, which are not UTF-8', 'windows-1252', latin(0xc0, 0xaf, 0xe0, 0x80, 0x80)],
    ['the euro sign of ISO-8859-15', 'iso-8859-15', latin('Preis\n12 ', 0xa4, '\n')],
    ['Czech names in ISO-8859-15', 'iso-8859-15', latin('Jméno\nToma', 0xa8, ' ', 0xa6, 'imek\n')],
    ['an œ in ISO-8859-15', 'iso-8859-15', latin('Titre\nLe c', 0xbd, 'ur\n')],
    ['fractions', 'windows-1252', latin('Menge\n1', 0xbd, ' kg\n', 0xbc, ' l\n2', 0xbe, '\n')],
    ['an accent for an apostrophe', 'windows-1252', latin('Name\nD', 0xb4, 'Angelo\nRock ', 0xb4, 'n', 0xb4, ' Roll\n')],
  ])('%s: %s', async (_name, encoding, file) => {
    expect(await recognised(file)).toEqual({ encoding, bom: false });
  }); // prettier-ignore

  it.each<[string, Buffer]>([
    ['utf-8', Buffer.from('ü')],
    ['windows-1252', latin('ü')],
    ['iso-8859-15', latin('Preis 5 ', 0xa4)],
  ])('%s by the only character beyond ASCII, wherever it stands', async (encoding, sign) => {
    for (const at of [0, HEAD - 1, HEAD, HEAD + 1, 256 * 1024 + HEAD - 1, 256 * 1024 + HEAD, 700_000]) {
      const file = Buffer.concat([Buffer.alloc(at, 'x'), sign, Buffer.from('\n')]);
      expect([at, await recognised(file)]).toEqual([at, { encoding, bom: false }]);
    }
  });

  it('surveys 30 MB in a moment', async () => {
    const file = Buffer.alloc(30 * 1024 * 1024, 'some text of a file;\n');
    file[file.length - 5] = 0xe4;
    const effort = countEffort();
    expect((await recognised(file)).encoding).toBe('windows-1252');
    expect(effort()).toBeLessThan(3_000);
  });
});
