import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openTable, type OpenTableOptions } from './open-table.js';
import { sniff } from './sniffing/sniff.js';
import type { SheetRow, TableFormat } from './table.js';
import { compoundFile } from './test-support/compound-file.js';
import { makeXlsx, xlsxParts, type XlsxParts } from './test-support/make-xlsx.js';
import { makeZip } from './test-support/make-zip.js';
import { odsContent, odsRow, odsSheet, odsText } from './test-support/ods-content.js';
import { makeOds } from './test-support/open-ods-bytes.js';
import { rawZip } from './test-support/raw-zip.js';
import { readAll } from './test-support/read-archive.js';
import { refusalOf } from './test-support/refusal.js';
import { writeTable, writtenRows } from './test-support/write-table.js';
import { bytesSource } from './source/bytes-source.js';

const MEGABYTE = 1024 ** 2;
const FORMATS: readonly TableFormat[] = ['xlsx', 'ods', 'csv'];

async function rowsOf(file: Promise<Buffer> | Buffer, options: OpenTableOptions = {}): Promise<SheetRow[]> {
  const table = await openTable(await file, options);
  try {
    const rows: SheetRow[] = [];
    for await (const batch of table.read()) rows.push(...batch.rows);
    return rows;
  } finally {
    await table.close();
  }
}

async function cellsOf(options: XlsxParts): Promise<string[][]> {
  return (await rowsOf(makeXlsx(options))).map(({ cells }) => cells);
}

describe('what other readers of XLSX get wrong', () => {
  it.each<[fault: string, options: XlsxParts, cells: string[]]>([
    ['shared strings are given out as objects', {
      sheet: '<row r="1"><c r="A1" t="s"><v>0</v></c></row>', strings: '<si><t>eins</t></si>',
    }, ['eins']],
    ['errors of formulas become blank', {
      sheet: `<row r="1">${['#DIV/0!', '#N/A', '#NAME?', '#NULL!', '#NUM!', '#REF!', '#VALUE!', '#SPILL!'].map((code) => `<c t="e"><f>x</f><v>${code}</v></c>`).join('')}</row>`,
    }, ['#DIV/0!', '#N/A', '#NAME?', '#NULL!', '#NUM!', '#REF!', '#VALUE!', '#SPILL!']],
    ['names with the prefix x: are not understood', {
      sheet: '<x:worksheet xmlns:x="u"><x:sheetData><x:row r="1"><x:c r="B1" t="str"><x:v>ja</x:v></x:c><x:c r="C1"><x:f>1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
    }, ['', 'ja', '2']],
    ['cells without r fail', { sheet: '<row><c><v>1</v></c><c/><c><v>3</v></c></row>' }, ['1', '', '3']],
    ['only date1904="1" counts, so that dates of LibreOffice are four years early', {
      sheet: '<row r="1"><c s="1"><v>0</v></c><c s="1"><v>44634</v></c></row>', formats: [14], workbookPr: 'date1904="true"',
    }, ['1904-01-01', '2026-03-15']],
    ['date1904="false" counts as true', {
      sheet: '<row r="1"><c s="1"><v>46096</v></c></row>', formats: [14], workbookPr: 'date1904="false"',
    }, ['2026-03-15']],
    ['the days 1 to 59 are off by one', {
      sheet: '<row r="1"><c s="1"><v>1</v></c><c s="1"><v>59</v></c><c s="1"><v>60</v></c><c s="1"><v>61</v></c></row>', formats: [14],
    }, ['1900-01-01', '1900-02-28', '1900-02-29', '1900-03-01']],
    ['rich text comes as an object', {
      sheet: '<row r="1"><c t="s"><v>0</v></c></row>', strings: '<si><r><t>fett</t></r><r><t xml:space="preserve"> und nicht</t></r></si>',
    }, ['fett und nicht']],
    ['links and formulas come as objects', {
      sheet: '<worksheet xmlns:r="r"><sheetData><row r="1"><c r="A1" t="str"><v>hier</v></c><c r="B1" t="str"><f>HYPERLINK("x")</f><v>dort</v></c><c r="C1"><f>1+1</f><v>2</v></c></row></sheetData><hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks></worksheet>',
    }, ['hier', 'dort', '2']],
  ])('%s', async (_fault, options, cells) => {
    expect(await cellsOf(options)).toEqual([cells]);
  }); // prettier-ignore

  it('characters of several bytes on chunk borders become U+FFFD', async () => {
    const text = 'ä€😀'.repeat(100);
    const numbers = Array.from({ length: 1500 }, (_, index) => index);
    const sheet = numbers.map(
      (at) => `<row r="${at + 1}"><c t="inlineStr"><is><t>${text}</t></is></c><c t="s"><v>${at}</v></c></row>`,
    );
    const strings = numbers.map((at) => `<si><t>${'x'.repeat(at % 7)}${text}</t></si>`);
    expect(await cellsOf({ sheet: sheet.join(''), strings: strings.join('') })).toEqual(
      numbers.map((at) => [text, 'x'.repeat(at % 7) + text]),
    );
  });

  it.each([
    ['sheet', 'xl/worksheets/sheet1.xml', '<worksheet><sheetData><row r="1"><c t="str"><v>', { row: 1 }],
    ['shared string', 'xl/sharedStrings.xml', '<sst><si><t>', {}],
  ])('617 kB unpack to 600 MB of one cell of a %s', async (_part, name, beginning, params) => {
    // Blocks that stand for themselves: the same one again and again.
    const packed = (bytes: Buffer): Buffer => deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH });
    const million = packed(Buffer.alloc(MEGABYTE, 'a'));
    const data = Buffer.concat([packed(Buffer.from(beginning)), ...Array.from({ length: 600 }, () => million)]);
    const parts = Object.entries(xlsxParts({ strings: '' })).filter(([part]) => part !== name);
    const bomb = { name, data, size: 600 * MEGABYTE + beginning.length };
    const file = rawZip([...parts.map(([part, content]) => ({ name: part, content })), bomb]);
    expect(file.length).toBeLessThan(800_000);
    expect(await refusalOf(rowsOf(file))).toEqual({ code: 'cell_too_long', limit: 32_767, ...params });
  });

  it('a damaged file is never finished with', async () => {
    const file = await makeXlsx({ sheet: '<row r="1"><c><v>1</v></c></row>', strings: '<si><t>a</t></si>' });
    const codes = new Set<unknown>();
    for (let at = 30; at < file.length; at += 89) {
      const damaged = Buffer.from(file);
      damaged[at] = 0xff ^ (file[at] ?? 0);
      codes.add((await refusalOf(rowsOf(damaged)))?.['code']);
    }
    expect(codes).toContain('file_unreadable');
  });

  it('an encrypted file gives a riddle', async () => {
    const file = compoundFile('EncryptionInfo', 'EncryptedPackage');
    expect(await refusalOf(rowsOf(file))).toEqual({ code: 'file_encrypted' });
  });
});

describe('repeats at the end of ODS, which mean nothing', () => {
  const blank = '<table:table-cell table:number-columns-repeated="999999999"/>';

  it.each([
    ['rows', `<table:table-row table:number-rows-repeated="999999999">${blank}</table:table-row>`],
    ['styled rows', '<table:table-row table:number-rows-repeated="999999999"><table:table-cell table:style-name="x"/></table:table-row>'],
    ['rows, again and again', `<table:table-row table:number-rows-repeated="999999999">${blank}</table:table-row>`.repeat(1000)],
  ])('%s', async (_name, behind) => {
    expect(await rowsOf(makeOds(odsContent(odsSheet(odsRow(odsText('a'), blank) + behind))))).toEqual([
      { row: 1, cells: ['a'] },
    ]);
  }); // prettier-ignore
});

describe('traps in archives', () => {
  const doctype = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>';
  const sheet = '<row r="1"><c t="s"><v>0</v></c></row>';
  const strings = '<si><t>a</t></si>';
  const whole = xlsxParts({ sheet, strings });

  it.each(Object.keys(whole).filter((name) => !name.startsWith('[')))('a DOCTYPE in %s is refused', async (name) => {
    const part = String(whole[name]).replace(/^(<\?xml[^>]*>)?/, `$1${doctype}`);
    expect(await refusalOf(rowsOf(makeZip({ ...whole, [name]: part })))).toEqual({ code: 'doctype_forbidden' });
  });

  it('a DOCTYPE in the content of ODS is refused', async () => {
    const content = odsContent(odsSheet(odsRow(odsText('a')))).replace('?>', `?>${doctype}`);
    expect(await refusalOf(rowsOf(makeOds(content)))).toEqual({ code: 'doctype_forbidden' });
  });

  it.each([2_000, 2_001])('%d entries: 2,000 are allowed', async (count) => {
    const parts = Object.entries(whole).map(([part, text]) => ({ name: part, content: text }));
    const more = Array.from({ length: count - parts.length }, (_, at) => ({ name: `xl/media/${at}.png`, method: 0 }));
    const refusal = await refusalOf(rowsOf(rawZip([...parts, ...more])));
    expect(refusal).toEqual(count > 2_000 ? { code: 'too_many_entries', limit: 2_000, entries: 2_001 } : undefined);
  });

  const name = 'xl/worksheets/sheet1.xml';
  const content = `<worksheet><sheetData>${`<x a="${' '.repeat(1000)}"/>`.repeat(9_000)}</sheetData></worksheet>`;

  it.each<[trap: string, claims: object, limits: OpenTableOptions['limits'], refusal: object]>([
    ['a size that is a lie', { size: 100 }, {}, { code: 'file_unreadable' }],
    ['an entry beyond the limit that claims to be small', { size: 100 }, { entryBytes: 50 }, { code: 'unpacks_too_large', limit: 50 }],
    ['an entry beyond the limit', {}, { entryBytes: MEGABYTE }, { code: 'unpacks_too_large', limit: MEGABYTE }],
    ['entries that together are', {}, { unpackedBytes: MEGABYTE }, { code: 'unpacks_too_large', limit: MEGABYTE }],
    ['an entry that grows too much', {}, { unpackRatio: 100 }, { code: 'unpack_ratio_too_high', limit: 100 }],
  ])('%s', async (_trap, claims, limits, refusal) => {
    const others = Object.entries(whole).filter(([part]) => part !== name);
    const file = rawZip([...others.map(([part, text]) => ({ name: part, content: text })), { name, content, ...claims }]);
    expect(await refusalOf(rowsOf(file, { limits }))).toMatchObject(refusal);
  }); // prettier-ignore
});

describe('texts that a spreadsheet would take for formulas', () => {
  const formulas = ['=1+1', '+43 1 234', '-5', '@SUM(A1)', '\t=1', '\r=1', "'x", "'=x", "=cmd|' /C calc'!A0"];

  it.each(FORMATS)('go through %s unchanged', async (format) => {
    expect(await writtenRows(format, [['text'], ...formulas.map((text) => [text])])).toEqual(
      ['text', ...formulas].map((text, index) => ({ row: index + 1, cells: [text] })),
    );
  });

  it('are typed strings in XLSX, guarded by one apostrophe in CSV', async () => {
    const parts = await readAll(bytesSource(await writeTable('xlsx', [formulas])));
    const sheet = parts.get('xl/worksheets/sheet1.xml')?.toString() ?? '';
    expect(sheet).not.toContain('<f');
    expect(sheet.match(/t="inlineStr"/g)).toHaveLength(formulas.length);
    expect((await writeTable('csv', [['-5', "'=x", -5]])).toString()).toBe("\uFEFF'-5,''=x,-5\r\n");
  });
});

it.each(FORMATS)('headers of %s may be named as what objects inherit', async (format) => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', '__proto__'];
  const table = await openTable(
    await writeTable(format, [names, ['1', 'b', 'c', 'd', 'e'], ['2', 'b', 'c', 'd', 'e']]),
  );
  const { columns, duplicateHeaders, headerRow } = await sniff(table, { headerRow: 1 });
  expect(headerRow).toBe(1);
  expect(columns.map(({ name }) => name)).toEqual(names);
  expect(columns[0]?.type).toBe('integer');
  expect(duplicateHeaders).toEqual([{ name: '__proto__', columns: [1, 5] }]);
  expect(Object.keys(Object.prototype)).toEqual([]);
  await table.close();
});
