import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.js';
import { odsContent, odsRow, odsSheet, odsText } from '../test-support/ods-content.js';
import { TabularError } from '../tabular-error.js';
import type { RepeatedRow } from './row-builder.js';
import { SheetParser } from './sheet-parser.js';

/**
 * @param cuts where the bytes are cut, as shares of their number
 * @returns the rows, or that they are refused: which of several faults is found first may depend on the cuts
 */
function parse(bytes: Buffer, cuts: readonly number[]): RepeatedRow[] | 'refused' {
  const places = [0, ...cuts.map((cut) => Math.floor(cut * bytes.length)), bytes.length].sort(
    (one, other) => one - other,
  );
  const parser = new SheetParser({ ...DEFAULT_LIMITS, rows: 1000 }, 0);
  const rows: RepeatedRow[] = [];
  try {
    for (let at = 1; at < places.length; at++)
      rows.push(...parser.push(bytes.subarray(places[at - 1], places[at]), false));
    rows.push(...parser.push(new Uint8Array(), true));
    return rows;
  } catch (error) {
    if (error instanceof TabularError) return 'refused';
    throw error;
  }
}

const CUTS = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 20 });
const EACH_BYTE = (bytes: Buffer): number[] => Array.from(bytes, (_, at) => at / bytes.length);

/** As a program writes a text: what XML cannot hold left out. */
function paragraphs(text: string): string {
  const lines = text.split('\n').map((line) => {
    const escaped = line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\r', '&#13;');
    return `<text:p>${escaped.replaceAll('\t', '<text:tab/>').replaceAll(/ +/g, ({ length }) => `<text:s text:c="${length}"/>`)}</text:p>`;
  });
  return lines.join('');
}

const TEXT = fc
  .string({ unit: 'grapheme', maxLength: 20 })
  .map((text) => text.replaceAll(/(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu, ''));

describe('any grid of texts', () => {
  it('is read as it was written, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.array(TEXT, { maxLength: 5 }), { maxLength: 6 }), CUTS, (grid, cuts) => {
        const rows = grid.map((cells) => odsRow(...cells.map((text) => odsText(paragraphs(text)))));
        const expected = grid.flatMap((cells, at) => {
          const width = cells.findLastIndex((text) => text !== '') + 1;
          return width === 0 ? [] : [{ row: at + 1, times: 1, cells: cells.slice(0, width) }];
        });
        expect(parse(Buffer.from(odsContent(odsSheet(rows.join('')))), cuts)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });
});

const ATTRIBUTES = [
  'table:style-name="ce1"',
  'table:number-columns-repeated="3"',
  'table:number-rows-spanned="2"',
  'table:formula="of:=A1&amp;&quot;x&quot;"',
  'calcext:value-type="float"',
  'calcext:value-type="error"',
  'office:currency="EUR"',
  'office:value-type="float" office:value="1.5"',
  'office:value-type="percentage" office:value="0.25"',
  'office:value-type="currency" office:value="007"',
  'office:value-type="date" office:date-value="2024-01-05"',
  'office:value-type="time" office:time-value="PT1H"',
  'office:value-type="boolean" office:boolean-value="false"',
  'office:value-type="string" office:string-value="s&lt;"',
  'office:value-type="string"',
  'office:value="7"',
];
const CONTENTS = [
  '',
  '<text:p/>',
  '<text:p>x &amp; ü</text:p>',
  '<text:p>1:30</text:p><text:p>b</text:p>',
  ' <text:p>#DIV/0!</text:p>\n',
  '<text:p><text:span>s</text:span></text:p>',
];

describe('cells whose attributes stand in any order', () => {
  const cell = fc
    .record({
      name: fc.constantFrom('table:table-cell', 'table:covered-table-cell'),
      attributes: fc.shuffledSubarray(ATTRIBUTES, { maxLength: 5 }),
      space: fc.constantFrom('', '', ' ', '\n  '),
      content: fc.constantFrom(...CONTENTS),
    })
    .map(({ name, attributes, space, content }) => {
      const tag = [name, ...onceEach(attributes)].join(' ');
      return content === '' ? `${space}<${tag}/>` : `${space}<${tag}>${content}</${name}>`;
    });

  it('are read the same at a stretch as byte by byte', () => {
    fc.assert(
      fc.property(fc.array(cell, { minLength: 1, maxLength: 8 }), (cells) => {
        const bytes = Buffer.from(odsContent(odsSheet(odsRow(...cells, odsText('end')))));
        expect(parse(bytes, [])).toEqual(parse(bytes, EACH_BYTE(bytes)));
      }),
      { numRuns: 100 },
    );
  });
});

/** An element has an attribute once. */
function onceEach(attributes: readonly string[]): string[] {
  const seen = new Set<string>();
  return attributes.filter((text) => {
    const names = Array.from(text.matchAll(/([\w:-]+)="/g), ([, name = '']) => name);
    if (names.some((name) => seen.has(name))) return false;
    for (const name of names) seen.add(name);
    return true;
  });
}

describe('damaged content', () => {
  const VALUES = [
    odsText('a &amp; ü'),
    odsText('<text:p>a<text:s text:c="2"/>b</text:p><text:p/>'),
    '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1,5</text:p></table:table-cell>',
    '<table:table-cell office:value-type="date" office:date-value="2024-01-05" table:number-columns-repeated="2"/>',
    '<table:table-cell table:formula="of:=1/0" office:value-type="float" office:value="0"><text:p>#DIV/0!</text:p></table:table-cell>',
    '<table:covered-table-cell/><table:table-cell table:style-name="ce1" office:value-type="boolean" office:boolean-value="true"/>',
  ];
  const content = Buffer.from(odsContent(odsSheet(odsRow(...VALUES) + odsRow(...VALUES.toReversed()))));
  const from = content.indexOf('<table:table ');

  it('gives rows or is refused, the same however the bytes come', () => {
    const change = fc.record({
      at: fc.integer({ min: from, max: content.length - 1 }),
      byte: fc.constantFrom(...Buffer.from(' "\'<>/&;=!-?x0\xc3', 'latin1')),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), CUTS, (changes, cuts) => {
        const damaged = Buffer.from(content);
        for (const { at, byte } of changes) damaged[at] = byte;
        const whole = parse(damaged, []);
        expect(parse(damaged, cuts)).toEqual(whole);
        expect(parse(damaged, EACH_BYTE(damaged))).toEqual(whole);
      }),
      { numRuns: 120 },
    );
  });
});
