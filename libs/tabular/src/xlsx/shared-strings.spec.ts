import { readdir } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf } from '../test-support/make-xlsx.js';
import { tempFolder } from '../test-support/temp-folder.js';
import { SharedStrings } from './shared-strings.js';

describe('texts of shared strings', () => {
  it.each([
    ['plain', '<si><t>abc</t></si>', 'abc'],
    ['umlauts', '<si><t>Größe 5 €</t></si>', 'Größe 5 €'],
    ['references', '<si><t>a &amp; b &lt;&#228;&#xE4;&gt;</t></si>', 'a & b <ää>'],
    ['rich runs', '<si><r><t>a</t></r><r><rPr><b/><sz val="9"/></rPr><t xml:space="preserve"> b </t></r></si>', 'a b '],
    ['phonetic hints', '<si><t>課きく</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si>', '課きく'],
    ['phonetic hints and runs', '<si><r><t>a</t></r><rPh sb="0" eb="1"><t>x</t></rPh><r><t>b</t></r></si>', 'ab'],
    ['white space', '<si><t xml:space="preserve"> a\tb </t></si>', ' a\tb '],
    ['white space nobody says to keep', '<si><t> a </t></si>', ' a '],
    ['line ends', '<si><t>a\r\nb\nc</t></si>', 'a\nb\nc'],
    ['a line end by reference', '<si><t>a&#13;&#10;b</t></si>', 'a\r\nb'],
    ['an escape', '<si><t>a_x000D_\nb_x0009_</t></si>', 'a\r\nb\t'],
    ['an escape that is escaped', '<si><t>_x005F_x000D_</t></si>', '_x000D_'],
    ['an escape escaped twice', '<si><t>_x005F_x005F_</t></si>', '_x005F_'],
    ['what looks like an escape', '<si><t>_x00D_ _xGGGG_ _x000D</t></si>', '_x00D_ _xGGGG_ _x000D'],
    ['a pair of escaped surrogates', '<si><t>_xD83D__xDE00_</t></si>', '😀'],
    ['half a pair', '<si><t>_xD83D__x0041_</t></si>', '_xD83D_A'],
    ['CDATA', '<si><t><![CDATA[a&b<]]></t></si>', 'a&b<'],
    ['nothing', '<si><t/></si>', ''],
    ['an element that closes itself', '<si/>', ''],
    ['no text at all', '<si></si>', ''],
  ])('%s', async (_name, si, text) => {
    const strings = `<si><t>first</t></si>${si}<si><t>last</t></si>`;
    const sheet = '<row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c></row>';
    expect(await cellsOf(sheet, { strings })).toEqual([['first', text, 'last']]);
  });
});

describe('SharedStrings', () => {
  it('gives out what was put in, wherever it lies', async () => {
    const temporaryFolder = await tempFolder();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.string({ maxLength: 40 }), fc.integer({ min: 9000, max: 20_000 }).map((length) => 'äb'.repeat(length))), { maxLength: 20 }),
        fc.array(fc.oneof(fc.tuple(fc.nat(19)), fc.tuple(fc.nat(19), fc.nat(19)))),
        (texts, runs) => {
          const strings = new SharedStrings({ temporaryFolder, memoryBytes: 16 * 1024 });
          for (const text of texts) strings.add(text.toWellFormed());
          for (const [from, to = from] of runs) {
            for (let index = from; index <= to; index++) expect(strings.get(index)).toBe(texts[index]?.toWellFormed());
          }
          strings.close();
          return Promise.resolve();
        },
      ),
      { numRuns: 10, interruptAfterTimeLimit: 5000, markInterruptAsFailure: true },
    ); // prettier-ignore
    expect(await readdir(temporaryFolder)).toEqual([]);
  });

  it.each([
    ['of one byte a character', (index: number) => `Straße ${index}`],
    ['of two', (index: number) => `улица ${index}`],
    ['of both', (index: number) => (index % 7 < 3 ? `Straße ${index}` : `улица ${index}`)],
    ['of which some are long', (index: number) => 'ä'.repeat(index % 50 === 0 ? 5000 : index % 3)],
  ])('gives out texts %s in their order, again, and with others between', async (_name, textOf) => {
    const strings = new SharedStrings({ temporaryFolder: await tempFolder(), memoryBytes: 16 * 1024 });
    const texts = Array.from({ length: 1000 }, (_, index) => textOf(index));
    for (const text of texts) strings.add(text);
    for (const between of [0, 1, 2]) {
      for (const [index, text] of texts.entries()) {
        expect(strings.get(index)).toBe(text);
        for (let other = 1; other <= between; other++) {
          const at = (index * 31 * other) % (index + 1);
          expect(strings.get(at)).toBe(texts[at]);
        }
      }
    }
    expect(strings.get(1000)).toBeUndefined();
    strings.close();
    expect(strings.get(0)).toBeUndefined();
  });

  it('keeps what is large in a file that has no name', async () => {
    const temporaryFolder = await tempFolder();
    const strings = new SharedStrings({ temporaryFolder, memoryBytes: 64 * 1024 });
    const texts = Array.from({ length: 20_000 }, (_, index) => `Straße ${index}`);
    for (const text of texts) strings.add(text);
    expect(strings.length).toBe(20_000);
    for (const index of [0, 19_999, 1, 10_000, 19_998, 0, 7, 15_000]) expect(strings.get(index)).toBe(texts[index]);
    expect(texts.every((text, index) => strings.get(index) === text)).toBe(true);
    expect(strings.get(20_000)).toBeUndefined();
    expect(await readdir(temporaryFolder)).toEqual([]);
    strings.close();
  });
});
