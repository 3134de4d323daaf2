import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../open-table.js';
import { bytesSource } from '../../source/bytes-source.js';
import { readAll } from '../../test-support/read-archive.js';
import { WatchedSource } from '../../test-support/watched-source.js';
import { writeTable } from '../../test-support/write-table.js';
import type { OutputRow } from '../output-cell.js';
import type { TableWriterOptions } from '../table-writer.js';

async function part(name: string, rows: readonly OutputRow[], options: TableWriterOptions = {}): Promise<string> {
  const parts = await readAll(bytesSource(await writeTable('ods', rows, options)));
  return parts.get(name)?.toString() ?? '';
}

async function rowsXml(rows: readonly OutputRow[], options: TableWriterOptions = {}): Promise<string> {
  const content = await part('content.xml', rows, options);
  return content.slice(content.indexOf('<table:table-row'), content.indexOf('</table:table>'));
}

it('begins with its type, stored', async () => {
  const file = await writeTable('ods', [['a']]);
  expect(file.subarray(30, 38 + 46).toString('latin1')).toBe('mimetypeapplication/vnd.oasis.opendocument.spreadsheet');
});

it('lists its parts', async () => {
  const parts = await readAll(bytesSource(await writeTable('ods', [['a']])));
  const manifest = parts.get('META-INF/manifest.xml')?.toString() ?? '';
  const listed = [...manifest.matchAll(/full-path="([^"/]+)"/g)].map(([, name]) => name);
  expect(['META-INF/manifest.xml', 'mimetype', ...listed].toSorted()).toEqual([...parts.keys()].toSorted());
});

it.each<[string, OutputRow, string]>([
  ['number', [1.5], ' office:value-type="float" office:value="1.5"><text:p>1.5</text:p>'],
  ['percent', [{ text: '0.25', kind: 'percent' }], ' office:value-type="percentage" office:value="0.25">'],
  ['date', [{ text: '2026-02-28', kind: 'date' }], ' office:value-type="date" office:date-value="2026-02-28">'],
  ['dateTime', [{ text: '2026-02-28T00:00:00', kind: 'dateTime' }], ' office:date-value="2026-02-28T00:00:00">'],
  ['time', [{ text: '12:30:05', kind: 'time' }], ' office:value-type="time" office:time-value="PT12H30M05S">'],
  ['duration', [{ text: '-30:00:01', kind: 'time' }], ' office:value-type="time" office:time-value="-PT30H00M01S">'],
  ['boolean', [true], ' office:value-type="boolean" office:boolean-value="true"><text:p>TRUE</text:p>'],
  ['error', [{ text: '#N/A', kind: 'error' }], ' table:formula="of:=#N/A" office:value-type="string"'],
  [
    'a text like a number',
    ['007'],
    '<table:table-cell table:style-name="text" office:value-type="string"><text:p>007</text:p>',
  ],
  [
    'line ends and tabs',
    ['a\r\n\tb'],
    ' office:string-value="a&#13;&#10;&#9;b"><text:p>a</text:p><text:p><text:tab/>b</text:p>',
  ],
  ['blanks', [' a  b '], '<text:p><text:s/>a <text:s/>b<text:s/></text:p>'],
  ['a blank only', ['   '], '<text:p><text:s text:c="3"/></text:p>'],
])('writes %s', async (_, row, xml) => {
  expect(await rowsXml([row])).toContain(xml);
});

it('writes empty cells and rows together', async () => {
  const xml = await rowsXml([['a', '', null, 'b'], { row: 5, cells: [] }]);
  expect(xml).toContain('</table:table-cell><table:table-cell table:number-columns-repeated="2"/><table:table-cell');
  expect(xml).toContain(
    '<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row><table:table-row><table:table-cell/></table:table-row>',
  );
});

describe('a table with columns', () => {
  const columns = [
    { header: 'Name & co', width: 10 },
    { header: 'Since', kind: 'date' as const },
  ];

  it('begins with their headers: bold, frozen, with filters down to the last row', async () => {
    expect(await rowsXml([['a']], { columns })).toMatch(
      /^<table:table-row><table:table-cell table:style-name="header" office:value-type="string"><text:p>Name &amp; co</,
    );
    const content = await part('content.xml', [['a']], { columns, sheetName: "Ann's" });
    expect(content).toMatch(/style:name="header"[^>]*><style:text-properties fo:font-weight="bold"\/>/);
    expect(content).toContain(
      `table:target-range-address="'Ann''s'.A1:'Ann''s'.B2" table:display-filter-buttons="true"`,
    );
    const settings = await part('settings.xml', [['a']], { columns, sheetName: "Ann's" });
    expect(settings).toContain('xmlns:ooo="http://openoffice.org/2004/office"');
    expect(settings).toMatch(
      /config:name="Ann's"><config:config-item config:name="VerticalSplitMode" config:type="short">2</,
    );
  });

  it('formats the columns for what people enter', async () => {
    const content = await part('content.xml', [['a']], { columns });
    expect(content).toContain(
      '<table:table-column table:style-name="column1" table:default-cell-style-name="text"/>' +
        '<table:table-column table:style-name="column2" table:default-cell-style-name="date"/>',
    );
    expect(content).toMatch(/style:name="column1"[^>]*><style:table-column-properties style:column-width="2.40cm"/);
    expect(content).toContain('<table:table-cell office:value-type="string"><text:p>a</text:p>');
  });
});

it('marks cells with notes and colours, empty ones too', async () => {
  const xml = await rowsXml([
    [
      { text: 'x', fill: 'error', comment: 'a\n<b>' },
      { text: '', fill: 'warning', comment: 'c' },
    ],
  ]);
  expect(xml).toContain(
    'table:style-name="text-error" office:value-type="string"><office:annotation><text:p>a</text:p><text:p>&lt;b&gt;</text:p>' +
      '</office:annotation><text:p>x</text:p></table:table-cell>',
  );
  expect(xml).toContain(
    'table:style-name="text-warning"><office:annotation><text:p>c</text:p></office:annotation></table:table-cell>',
  );
});

describe('lists', () => {
  const long = Array.from({ length: 200 }, (_, index) => `Region ${index}`);

  it.each([
    ['short', ['new', 'old & <odd>'], '&quot;new&quot;;&quot;old &amp; &lt;odd&gt;&quot;'],
    ['long', long, '[$Lists.$A$1:.$A$200]'],
    ['with a comma', ['a,b', 'c'], '[$Lists.$A$1:.$A$2]'],
    ['with a quote', ['say "hi"'], '[$Lists.$A$1:.$A$1]'],
  ])('%s: only what is listed can be entered, in all rows', async (_, list, condition) => {
    const content = await part('content.xml', [['a', 'x'], ['b']], {
      columns: [{ header: 'A' }, { header: 'B', list }],
    });
    expect(content).toContain(`table:condition="of:cell-content-is-in-list(${condition})"`);
    expect(content.match(/table:content-validation-name="list2"/g)).toHaveLength(3);
    expect(content).toContain(
      '<table:table-row table:number-rows-repeated="1048573"><table:table-cell/>' +
        '<table:table-cell table:content-validation-name="list2"/></table:table-row>',
    );
    expect(content.includes('<table:table table:name="Lists" table:style-name="hidden">')).toBe(
      condition.includes('Lists'),
    );
  });
});

it('tells who made it, what and when', async () => {
  const properties = { title: 'Customers <1>', creator: 'Ann', created: new Date('2026-01-31T12:00:00Z') };
  const meta = await part('meta.xml', [['a']], { properties });
  expect(meta).toContain('<dc:title>Customers &lt;1&gt;</dc:title><meta:initial-creator>Ann</meta:initial-creator>');
  expect(meta).toContain('<meta:creation-date>2026-01-31T12:00:00.000Z</meta:creation-date>');
});

describe('the number of sheets', () => {
  const long = Array.from({ length: 100 }, (_, index) => `item ${index}`);

  it.each([
    [1, []],
    [1, [{ header: 'a', list: ['x', 'y'] }]],
    [2, [{ header: 'a', list: long }]],
  ])('%d is told', async (tables, columns) => {
    const meta = await part('meta.xml', [['x']], { columns });
    expect(meta).toContain('<meta:generator>Muster</meta:generator>');
    expect(meta).toContain(`<meta:document-statistic meta:table-count="${tables}"/>`);
    expect((await part('content.xml', [['x']], { columns })).match(/<table:table /g)).toHaveLength(tables);
  });

  it('saves readers from looking for more', async () => {
    const rows = Array.from({ length: 30_000 }, () => [randomBytes(60).toString('base64')]);
    const source = new WatchedSource(await writeTable('ods', rows));
    const table = await openTable(source);
    expect(table.sheets).toEqual([{ name: 'Table', hidden: false }]);
    expect(source.bytesRead).toBeLessThan(source.size / 2);
    await table.close();
  });
});
