import ExcelJS from 'exceljs';
import { describe, expect, it } from 'vitest';
import { openTable } from '../../open-table.js';
import { bytesSource } from '../../source/bytes-source.js';
import { readAll } from '../../test-support/read-archive.js';
import { writeTable } from '../../test-support/write-table.js';
import type { OutputRow } from '../output-cell.js';
import type { TableWriterOptions } from '../table-writer.js';

async function partsOf(rows: readonly OutputRow[], options: TableWriterOptions = {}): Promise<Map<string, string>> {
  const parts = await readAll(bytesSource(await writeTable('xlsx', rows, options)));
  return new Map([...parts].map(([name, bytes]) => [name.replace(/^\//, ''), bytes.toString()]));
}

/** Exceljs reads what concerns format; the values have their own tests. */
async function sheetOf(rows: readonly OutputRow[], options: TableWriterOptions): Promise<ExcelJS.Worksheet> {
  const workbook = new ExcelJS.Workbook();
  const file = await writeTable('xlsx', rows, options);
  await workbook.xlsx.load(file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer);
  return workbook.worksheets[0] as ExcelJS.Worksheet;
}

const COLUMNS = [
  { header: 'Number', width: 20 },
  { header: 'Amount', kind: 'number' as const },
  { header: 'Since', kind: 'date' as const },
];

describe('a table with columns', () => {
  it('begins with their headers: bold, frozen, with filters down to the last row', async () => {
    const sheet = await sheetOf(
      [
        ['007', 1, null],
        ['008', 2, null],
      ],
      { columns: COLUMNS },
    );
    expect(sheet.getRow(1).values).toEqual([undefined, 'Number', 'Amount', 'Since']);
    expect(sheet.getCell('A1').font?.bold).toBe(true);
    expect(sheet.getCell('A2').font?.bold).toBeFalsy();
    expect(sheet.views[0]).toMatchObject({ state: 'frozen', ySplit: 1 });
    expect(sheet.autoFilter).toBe('A1:C3');
    expect(sheet.getColumn(1).width).toBe(20);
  });

  it.each([
    ['en', 'yyyy-mm-dd'],
    ['de', 'dd.mm.yyyy'],
  ] as const)('formats cells, and the columns for what people enter (%s)', async (language, dateFormat) => {
    const sheet = await sheetOf(
      [
        ['007', 1, { text: '2026-02-28', kind: 'date' }],
        ['+43', 'none'],
      ],
      {
        columns: COLUMNS,
        language,
      },
    );
    expect(['A2', 'B2', 'C2', 'A3', 'B3'].map((cell) => sheet.getCell(cell).numFmt ?? 'General')).toEqual([
      '@',
      'General',
      dateFormat,
      '@',
      'General',
    ]);
    expect([1, 2, 3].map((column) => sheet.getColumn(column).numFmt)).toEqual(['@', undefined, dateFormat]);
  });
});

it('has neither a frozen row nor filters without columns', async () => {
  const parts = await partsOf([['a']]);
  expect(parts.get('xl/worksheets/sheet1.xml')).not.toMatch(/<pane|<autoFilter/);
});

it('marks cells with notes and colours, empty ones too', async () => {
  const sheet = await sheetOf(
    [
      [
        { text: 'x', fill: 'error', comment: 'Not a <number>:\n"x" & more' },
        { text: '5', kind: 'number', fill: 'changed' },
      ],
      [{ text: '', fill: 'warning', comment: 'missing' }, 'plain'],
    ],
    {},
  );
  const colours = ['A1', 'B1', 'A2', 'B2'].map((name) => {
    const { fill } = sheet.getCell(name);
    return fill?.type === 'pattern' ? fill.fgColor?.argb : undefined;
  });
  expect(colours).toEqual(['FFFFC7CE', 'FFC6EFCE', 'FFFFEB9C', undefined]);
  const notes = ['A1', 'A2'].map((name) => {
    const { note } = sheet.getCell(name);
    return typeof note === 'string' ? note : note?.texts?.map(({ text }) => text).join('');
  });
  expect(notes).toEqual(['Not a <number>:\n"x" & more', 'missing']);
});

describe('lists', () => {
  const long = Array.from({ length: 200 }, (_, index) => `Region ${index}`);

  it.each([
    ['short', ['new', 'old & <odd>'], '"new,old & <odd>"'],
    ['long', long, "'Lists'!$A$1:$A$200"],
    ['with a comma', ['a,b', 'c'], "'Lists'!$A$1:$A$2"],
    ['with a quote', ['say "hi"'], "'Lists'!$A$1:$A$1"],
    ['with blanks around', [' a', 'b'], "'Lists'!$A$1:$A$2"],
  ])('%s: only what is listed can be entered, in all rows', async (_, list, formula) => {
    const parts = await partsOf([['new']], { columns: [{ header: 'Status', list }] });
    const xml = parts.get('xl/worksheets/sheet1.xml') ?? '';
    const escaped = formula
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;');
    expect(xml).toContain(`sqref="A2:A1048576"><formula1>${escaped.replaceAll("'", '&apos;')}</formula1>`);
    expect(parts.get('xl/workbook.xml')?.includes('name="Lists" state="hidden"') ?? false).toBe(
      formula.includes('Lists'),
    );
  });

  it('stand on one hidden sheet, a column each', async () => {
    const columns = [{ header: 'A', list: long }, { header: 'B' }, { header: 'C', list: ['x,y'] }];
    const table = await openTable(await writeTable('xlsx', [], { columns, sheetName: 'Lists' }));
    expect(table.sheets).toEqual([
      { name: 'Lists', hidden: false },
      { name: 'Lists2', hidden: true },
    ]);
    const cells: string[][] = [];
    for await (const { rows } of table.read({ sheet: 'Lists2' })) cells.push(...rows.map((row) => row.cells));
    expect([cells.length, cells[0], cells.at(-1)]).toEqual([200, ['Region 0', 'x,y'], ['Region 199']]);
    await table.close();
  });
});

it('tells who made it, what and when', async () => {
  const properties = { title: 'Customers <1>', creator: 'Ann', created: new Date('2026-01-31T12:00:00Z') };
  const core = (await partsOf([['a']], { properties })).get('docProps/core.xml') ?? '';
  expect(core).toContain('<dc:title>Customers &lt;1&gt;</dc:title>');
  expect(core).toContain('<dc:creator>Ann</dc:creator>');
  expect(core).toContain('2026-01-31T12:00:00Z</dcterms:created>');
});

it('writes texts as texts, whatever they look like', async () => {
  const parts = await partsOf([
    ['=1+1', '007', 'TRUE'],
    [7, true],
  ]);
  const xml = parts.get('xl/worksheets/sheet1.xml') ?? '';
  expect(xml).not.toContain('<f>');
  expect(xml.match(/t="inlineStr"/g)).toHaveLength(3);
  expect(xml).toContain('<c r="A2"><v>7</v></c><c r="B2" t="b"><v>1</v></c>');
});
