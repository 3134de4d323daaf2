import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type TableLimits } from '../limits.js';
import { odsContent, odsRow, odsSheet, odsText } from '../test-support/ods-content.js';
import type { RepeatedRow } from './row-builder.js';
import { SheetParser } from './sheet-parser.js';

function parse(content: string | Buffer, piece = Infinity, sheetsBefore = 0, limits: Partial<TableLimits> = {}) {
  const parser = new SheetParser({ ...DEFAULT_LIMITS, ...limits }, sheetsBefore);
  const bytes = Buffer.from(content);
  const rows: RepeatedRow[] = [];
  for (let from = 0; from < bytes.length; from += piece)
    rows.push(...parser.push(bytes.subarray(from, from + piece), false));
  rows.push(...parser.push(new Uint8Array(), true));
  return rows;
}

/** Rows as `number: cells`, with `*times` where they are repeated. */
function shown(rows: readonly RepeatedRow[]): string[] {
  return rows.map(({ row, times, cells }) => `${row}${times > 1 ? `*${times}` : ''}: ${cells.join('|')}`);
}

const EMPTY = '<table:table-cell/>';
const SHAPE = '<draw:frame><draw:text-box><text:p>in a shape</text:p></draw:text-box></draw:frame>';

const PARAGRAPHS: [name: string, content: string, expected: string][] = [
  ['paragraphs are lines', '<text:p>a</text:p><text:p/><text:p>b</text:p>', 'a\n\nb'],
  ['a paragraph with a style', '<text:p text:style-name="P1">a</text:p>', 'a'],
  ['spaces', '<text:p>a<text:s text:c="3"/>b<text:s/>c<text:s text:c="x"/>d</text:p>', 'a   b c d'],
  ['tabs and line breaks', '<text:p>a<text:tab/>b<text:line-break/>c</text:p>', 'a\tb\nc'],
  ['spans within spans', '<text:p>a<text:span>b<text:span>c</text:span></text:span>d</text:p>', 'abcd'],
  ['links', '<text:p><text:a office:name="x">a <text:span>b</text:span></text:a></text:p>', 'a b'],
  ['fields', '<text:p>on <text:date>1.1.24</text:date>, <text:sheet-name>S</text:sheet-name></text:p>', 'on 1.1.24, S'],
  ['ruby: the base only', '<text:p><text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby>字</text:p>', '漢字'],
  ['notes left out', '<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>n</text:p></text:note-body></text:note>b</text:p>', 'ab'],
  ['annotations left out', '<office:annotation><dc:creator>x</dc:creator><text:p>remark</text:p></office:annotation><text:p>a</text:p>', 'a'],
  ['annotations within a paragraph left out', '<text:p>a<office:annotation><text:p>remark</text:p></office:annotation>b</text:p>', 'ab'],
  ['shapes left out', `<text:p>a${SHAPE}b</text:p>${SHAPE}`, 'ab'],
  ['lists', '<text:list><text:list-item><text:p>a</text:p></text:list-item><text:list-item><text:p>b</text:p></text:list-item></text:list>', 'a\nb'],
  ['headings', '<text:h>a</text:h><text:p>b</text:p>', 'a\nb'],
  ['a table within the cell left out', `<text:p>a</text:p>${odsSheet(odsRow(odsText('inner')), 'table:name="T" table:is-sub-table="true"')}`, 'a'],
  ['elements of other names say what stands in them', '<text:p>a<x:y xmlns:x="urn:x">b</x:y>c</text:p>', 'abc'],
  ['references and CDATA', '<text:p>&lt;&#65;&#x1F600;&amp;amp;<![CDATA[<&lt;]]></text:p>', '<A😀&amp;<&lt;'],
  ['comments and instructions are not there', '<text:p>a<!-- <text:p>x</text:p> -->b<?x </text:p>?>c</text:p>', 'abc'],
  ['white space stays, as spreadsheets show it', '<text:p> a  b </text:p>', ' a  b '],
  ['line ends of the file are line ends', '<text:p>a\r\nb\rc\nd</text:p>', 'a\nb\nc\nd'],
  ['what stands between paragraphs is nothing', '\n  <text:p>a</text:p>\n  ', 'a'],
]; // prettier-ignore

describe('text of a cell', () => {
  it.each(PARAGRAPHS)('%s', (_name, content, expected) => {
    for (const piece of [1, 7, Infinity]) {
      expect(parse(odsContent(odsSheet(odsRow(odsText(content)))), piece)[0]?.cells).toEqual([expected]);
    }
  });

  it('is the value that the cell says it has, rather than its paragraphs', () => {
    const cell =
      '<table:table-cell office:value-type="string" office:string-value="a&#13;&#10;b&#x9;&lt;&#10;x&quot;"><text:p>other</text:p></table:table-cell>';
    expect(parse(odsContent(odsSheet(odsRow(cell))))[0]?.cells).toEqual(['a\r\nb\t<\nx"']);
  });

  it('has spaces where an attribute has line ends', () => {
    const cell = `<table:table-cell office:value-type='string' office:string-value='a\r\n"b"\tc'/>`;
    expect(parse(odsContent(odsSheet(odsRow(cell))))[0]?.cells).toEqual(['a "b" c']);
  });
});

const typed = (type: string, attribute: string, text: string): string =>
  `<table:table-cell office:value-type="${type}" ${attribute}><text:p>${text}</text:p></table:table-cell>`;

const ROWS: [name: string, rows: string, expected: string[]][] = [
  ['blank rows count and are not given out', odsRow(EMPTY) + odsRow(odsText('a')) + odsRow() + '<table:table-row/>' + odsRow(odsText('b')), ['2: a', '5: b']],
  ['blank rows that are repeated', `<table:table-row table:number-rows-repeated="1000">${EMPTY}</table:table-row>${odsRow(odsText('a'))}`, ['1001: a']],
  ['rows that are repeated', `<table:table-row table:number-rows-repeated="3">${odsText('a')}</table:table-row>${odsRow(odsText('b'))}`, ['1*3: a', '4: b']],
  ['cells that are repeated', odsRow(odsText('a', ' table:number-columns-repeated="3"'), odsText('b')), ['1: a|a|a|b']],
  ['blank cells that are repeated', odsRow('<table:table-cell table:number-columns-repeated="2"/>', odsText('a')), ['1: ||a']],
  ['blank cells at the end mean nothing', odsRow(odsText('a'), '<table:table-cell table:number-columns-repeated="16383"/>'), ['1: a']],
  ['blank rows at the end mean nothing', odsRow(odsText('a')) + `<table:table-row table:number-rows-repeated="1048575">${EMPTY}</table:table-row>`, ['1: a']],
  ['an empty text is a blank cell', odsRow(odsText(''), odsText('<text:p/>'), odsText('a'), odsText('')), ['1: ||a']],
  ['repeats that are nonsense are once', ['0', '-5', 'abc', '', '1e3', ' 2', '1.5'].map((times) => `<table:table-row table:number-rows-repeated="${times}">${odsText('a', ` table:number-columns-repeated="${times}"`)}</table:table-row>`).join(''), ['1: a', '2: a', '3: a', '4: a', '5: a', '6: a', '7: a']],
  ['groups and headers of rows', `<table:table-header-rows>${odsRow(odsText('h'))}</table:table-header-rows><table:table-row-group><table:table-row-group>${odsRow(odsText('a'))}</table:table-row-group>${odsRow(odsText('b'))}</table:table-row-group><table:table-rows>${odsRow(odsText('c'))}</table:table-rows>`, ['1: h', '2: a', '3: b', '4: c']],
  ['groups and headers of columns', `<table:table-header-columns><table:table-column/></table:table-header-columns><table:table-column-group><table:table-column/></table:table-column-group>${odsRow(odsText('a'))}`, ['1: a']],
  ['merged cells', odsRow(odsText('a', ' table:number-columns-spanned="2"'), '<table:covered-table-cell/>', odsText('b')) + odsRow('<table:covered-table-cell table:number-columns-repeated="2"/>', odsText('c')), ['1: a||b', '2: ||c']],
  ['a covered cell with a value of its own', odsRow(odsText('a'), '<table:covered-table-cell office:value-type="string"><text:p>b</text:p></table:covered-table-cell>'), ['1: a|b']],
  ['hidden rows are data', '<table:table-row table:visibility="collapse">' + odsText('a') + '</table:table-row>', ['1: a']],
  ['values of all kinds', odsRow(typed('float', 'office:value="1.50"', '1,5'), typed('percentage', 'office:value="0.25"', '25%'), typed('currency', 'office:currency="EUR" office:value="3"', '3 €'), typed('date', 'office:date-value="2024-01-05"', '5.1.'), typed('time', 'office:time-value="PT1H"', '1'), typed('boolean', 'office:boolean-value="true"', 'WAHR')), ['1: 1.5|0.25|3|2024-01-05|01:00:00|TRUE']],
  ['a sheet that says something about itself first', `<table:title>t</table:title><table:desc>d</table:desc><table:table-source/><table:scenario/><office:dde-source/><table:shapes>${SHAPE}</table:shapes><office:forms/><text:soft-page-break/>${odsRow(odsText('a'))}<table:named-expressions/>`, ['1: a']],
  ['what is no cell in a row', odsRow('<text:p>x</text:p>', odsText('a')), ['1: a']],
  ['a cell of another name', odsRow('<x:table-cell xmlns:x="urn:x"><text:p>x</text:p></x:table-cell>', odsText('a')), ['1: a']],
  ['attributes in any order and any quotes', `<table:table-row ><table:table-cell\n office:value='7'\toffice:value-type = 'float' table:style-name="ce>1" ><text:p >7</text:p ></table:table-cell ></table:table-row >`, ['1: 7']],
]; // prettier-ignore

describe('rows of a sheet', () => {
  it.each(ROWS)('%s', (_name, rows, expected) => {
    for (const piece of [1, 2, 3, 5, 11, Infinity])
      expect(shown(parse(odsContent(odsSheet(rows)), piece))).toEqual(expected);
  });

  it('have kinds when not all are texts', () => {
    const rows = odsRow(odsText('a'), EMPTY, typed('float', 'office:value="1"', '1')) + odsRow(odsText('b'));
    expect(parse(odsContent(odsSheet(rows))).map(({ kinds }) => kinds)).toEqual([
      ['text', 'text', 'number'],
      undefined,
    ]);
  });

  it('are the same wherever the bytes are cut', () => {
    const rows = [
      odsRow(
        odsText('Größe 😀'),
        typed('float', 'office:value="1.5"', '1,5'),
        odsText('<text:p>a<text:s/>&amp;</text:p>'),
      ),
      odsRow(
        '<table:table-cell table:style-name="ce1"/>',
        typed('date', 'office:date-value="2024-01-05"', '5.1.24 0:00'),
      ),
    ];
    const bytes = Buffer.from(odsContent(odsSheet(rows.join(''))));
    const whole = parse(bytes);
    expect(shown(whole)).toEqual(['1: Größe 😀|1.5|a &', '2: |2024-01-05T00:00:00']);
    for (let cut = 1; cut < bytes.length; cut++) {
      const parser = new SheetParser(DEFAULT_LIMITS, 0);
      const found = [bytes.subarray(0, cut), bytes.subarray(cut)].flatMap((part, at) => parser.push(part, at === 1));
      expect(found).toEqual(whole);
    }
  });

  it('are those of one sheet only', () => {
    const sheets = [1, 2, 3].map((at) => odsSheet(odsRow(odsText(`s${at}`)), `table:name="S${at}"`)).join('<table:x/>');
    for (const at of [0, 1, 2]) {
      for (const piece of [1, 6, Infinity])
        expect(shown(parse(odsContent(sheets), piece, at))).toEqual([`1: s${at + 1}`]);
    }
  });
});

describe('what stands beside the sheets', () => {
  const table = odsSheet(odsRow(odsText('other')), 'table:name="Other"');
  const cached = odsSheet(odsRow(odsText('other')), `table:name="'file:///home/a.ods'#$Sheet1"`);

  it.each([
    ['tracked changes', `<table:tracked-changes><table:previous>${table}</table:previous></table:tracked-changes>`],
    ['links of other programs', `<table:dde-links><table:dde-link>${table}</table:dde-link></table:dde-links>`],
    ['pivot tables', `<table:data-pilot-tables>${table}</table:data-pilot-tables>`],
    ['values of other files', cached],
    ['a comment', `<!-- ${table} -->`],
    ['rules for input', `<table:content-validations><table:content-validation>${table}</table:content-validation></table:content-validations>`],
  ])('is left out: %s', (_name, aside) => {
    const content = odsContent(aside + odsSheet(odsRow(odsText('a'))) + aside);
    for (const piece of [1, Infinity]) expect(shown(parse(content, piece))).toEqual(['1: a']);
  }); // prettier-ignore
});

describe('names', () => {
  const uri = 'urn:oasis:names:tc:opendocument:xmlns';

  it('may have any prefixes', () => {
    const content = `<o:document-content xmlns:o="${uri}:office:1.0" xmlns:t="${uri}:table:1.0" xmlns:x="${uri}:text:1.0"><o:body><o:spreadsheet><t:table t:name="S"><t:table-row t:number-rows-repeated="2"><t:table-cell o:value-type="float" o:value="1"><x:p>1</x:p></t:table-cell><t:table-cell o:value-type="string"><x:p>a<x:s x:c="2"/>b</x:p></t:table-cell></t:table-row></t:table></o:spreadsheet></o:body></o:document-content>`;
    for (const piece of [1, 9, Infinity]) expect(shown(parse(content, piece))).toEqual(['1*2: 1|a  b']);
  });

  it('may have none, and change from element to element', () => {
    const content = `<document-content xmlns="${uri}:office:1.0" xmlns:of="${uri}:office:1.0"><body><spreadsheet><table xmlns="${uri}:table:1.0"><table-row><table-cell of:value-type="float" of:value="1"/><q:table-cell xmlns:q="${uri}:table:1.0" of:value-type="string"><p xmlns="${uri}:text:1.0">a</p></q:table-cell><table-cell xmlns="urn:x"/><table-cell><p>not a paragraph</p></table-cell><table-cell><p xmlns="${uri}:text:1.0">b</p></table-cell></table-row></table></spreadsheet></body></document-content>`;
    for (const piece of [1, 9, Infinity]) expect(shown(parse(content, piece))).toEqual(['1: 1|a||b']);
  });

  it('that a row gives another meaning are not taken for the usual ones', () => {
    const row = `<table:table-row xmlns:text="urn:x">${odsText('hidden')}</table:table-row>`;
    expect(shown(parse(odsContent(odsSheet(row + odsRow(odsText('a'))))))).toEqual(['2: a']);
  });
});

const NUMBER =
  '<table:table-cell table:style-name="ce1" office:value-type="float" office:value="1.50" calcext:value-type="float"><text:p>1,5 &amp; ü</text:p></table:table-cell>';
const STYLED = '<table:table-cell table:style-name="ce1"/>';
const TWICE = '<table:table-row table:number-rows-repeated="2">';

describe('rows one behind the other', () => {
  it.each([
    ['of plain cells', odsRow(odsText('a')) + odsRow(NUMBER, STYLED, odsText('b &amp; ü')), ['1: a', '2: 1.5||b & ü']],
    ['without a style', `<table:table-row>${NUMBER}</table:table-row><table:table-row>${NUMBER}</table:table-row>`, ['1: 1.5', '2: 1.5']],
    ['blank ones between', odsRow(odsText('a')) + odsRow(STYLED) + odsRow(EMPTY) + odsRow(odsText('b')), ['1: a', '4: b']],
    ['repeated ones between', odsRow(odsText('a')) + `${TWICE}${odsText('b')}</table:table-row>` + odsRow(odsText('c')), ['1: a', '2*2: b', '4: c']],
    ['one that closes itself', odsRow(odsText('a')) + '<table:table-row/>' + odsRow(odsText('c')), ['1: a', '3: c']],
    ['that declare names', odsRow(odsText('a')) + `<table:table-row xmlns:x="urn:x">${NUMBER}</table:table-row>` + odsRow(odsText('c')), ['1: a', '2: 1.5', '3: c']],
    ['errors between', odsRow('<table:table-cell office:value-type="string" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>') + odsRow(odsText('c')), ['1: #N/A', '2: c']],
    ['values of no type', odsRow('<table:table-cell office:value-type="float" office:value="x"><text:p>y</text:p></table:table-cell>', NUMBER) + odsRow(odsText('c')), ['1: y|1.5', '2: c']],
  ])('%s', (_name, rows, expected) => {
    for (const piece of [1, 7, 100, Infinity]) expect(shown(parse(odsContent(odsSheet(rows)), piece))).toEqual(expected);
  }); // prettier-ignore

  it('are refused when one is closed by another prefix than it was opened by', () => {
    const names = 'xmlns:t="urn:oasis:names:tc:opendocument:xmlns:table:1.0"';
    const sheet = `<table:table table:name="a" ${names}>`;
    const rows = `<t:table-row>${odsText('a')}</table:table-row><table:table-row>${odsText('b')}</t:table-row>`;
    for (const piece of [1, Infinity]) {
      expect(() => parse(odsContent(`${sheet}${rows}</table:table>`), piece)).toThrow('file_unreadable');
    }
  });
});
