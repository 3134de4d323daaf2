import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from './source/byte-source.js';
import { openTable } from './open-table.js';
import type { SheetRow, Table } from './table.js';
import { makeZip } from './test-support/make-zip.js';
import { refusalOf } from './test-support/refusal.js';
import { tempFolder } from './test-support/temp-folder.js';
import { WatchedSource } from './test-support/watched-source.js';

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relationship = (id: string, type: string, target: string) =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
  `<Relationship Id="${id}" Type="${relations}/${type}" Target="${target}"/></Relationships>`;

const xlsx = (sheetData: string) =>
  makeZip({
    '_rels/.rels': relationship('a', 'officeDocument', 'xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${relations}"><sheets><sheet name="One" sheetId="1" r:id="b"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relationship('b', 'worksheet', 'worksheets/sheet1.xml'),
    'xl/worksheets/sheet1.xml': `<worksheet xmlns="${main}"><sheetData>${sheetData}</sheetData></worksheet>`,
  });
const inline = (...texts: string[]) => texts.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('');

const odf = 'urn:oasis:names:tc:opendocument:xmlns';
const spreadsheet = (tables: string) =>
  makeZip({
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'content.xml':
      `<office:document-content xmlns:office="${odf}:office:1.0" xmlns:table="${odf}:table:1.0" xmlns:text="${odf}:text:1.0">` +
      `<office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
  });
const ods = (rows: string) => spreadsheet(`<table:table table:name="One">${rows}</table:table>`);
const odsRow = (...texts: string[]) =>
  `<table:table-row>${texts.map((text) => `<table:table-cell office:value-type="string"><text:p>${text}</text:p></table:table-cell>`).join('')}</table:table-row>`;

const files: readonly (readonly [format: string, file: () => Promise<Buffer>])[] = [
  ['csv', () => Promise.resolve(Buffer.from('Name;Ort\nAnna;Wien\n'))],
  ['xlsx', () => xlsx(`<row r="1">${inline('Name', 'Ort')}</row><row r="2">${inline('Anna', 'Wien')}</row>`)],
  ['ods', () => ods(odsRow('Name', 'Ort') + odsRow('Anna', 'Wien'))],
];

async function rowsOf(table: Table): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of table.read()) rows.push(...batch.rows);
  return rows;
}

const expected = [
  { row: 1, cells: ['Name', 'Ort'] },
  { row: 2, cells: ['Anna', 'Wien'] },
];

describe.each(files)('a file that is %s by what it contains', (format, file) => {
  it.each<[title: string, source: (bytes: Buffer) => Promise<string | Uint8Array | ByteSource>]>([
    ['bytes', (bytes) => Promise.resolve(new Uint8Array(bytes))],
    ['another source', (bytes) => Promise.resolve(new WatchedSource(bytes))],
    [
      'a path, whatever the name says',
      async (bytes) => {
        const path = join(await tempFolder(), 'table.pdf');
        await writeFile(path, bytes);
        return path;
      },
    ],
  ])('from %s', async (_, source) => {
    const bytes = await file();
    const table = await openTable(await source(bytes));
    expect(table.format).toBe(format);
    expect(table.size).toBe(bytes.length);
    expect(await rowsOf(table)).toMatchObject(expected);
    await table.close();
  });

  it('closes its source with itself, once', async () => {
    const source = new WatchedSource(await file());
    const table = await openTable(source);
    await rowsOf(table);
    expect(source.timesClosed).toBe(0);
    await table.close();
    await table.close();
    expect(source.timesClosed).toBe(1);
    expect(source.open).toBe(0);
  });

  it('closes its source when it is too large', async () => {
    const source = new WatchedSource(await file());
    const refusal = await refusalOf(openTable(source, { limits: { fileBytes: source.size - 1 } }));
    expect(refusal).toEqual({ code: 'file_too_large', limit: source.size - 1, bytes: source.size });
    expect(source.reads).toBe(0);
    expect(source.timesClosed).toBe(1);
  });

  it('closes its source when that fails', async () => {
    const source = new WatchedSource(await file());
    const error = new Error('connection lost');
    source.failure = { from: 0, error };
    await expect(openTable(source)).rejects.toBe(error);
    expect(source.timesClosed).toBe(1);
  });
});

describe('a file that is refused', () => {
  it.each<[code: string, file: Buffer | Promise<Buffer>]>([
    ['file_empty', Buffer.alloc(0)],
    ['unsupported_format', Buffer.from('%PDF-1.7')],
    ['unsupported_format', makeZip({ 'a.csv': '' })],
    ['file_unreadable', makeZip({ 'xl/styles.xml': '' })],
    ['file_unreadable', xlsx('').then((bytes) => bytes.subarray(0, -40))],
['no_sheets', spreadsheet('')],
  ])('as %s is closed', async (code, file) => {
    const source = new WatchedSource(await file);
    expect(await refusalOf(openTable(source))).toMatchObject({ code });
    expect(source.timesClosed).toBe(1);
    expect(source.open).toBe(0);
  }); // prettier-ignore

  it('is not there at all', async () => {
    await expect(openTable(join(await tempFolder(), 'missing.csv'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
