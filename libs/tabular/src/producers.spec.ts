import { describe, expect, it } from 'vitest';
import { openTable } from './open-table.js';
import type { CellKind, SheetRow, TableFormat } from './table.js';
import { excel365, excelStrict } from './test-support/producers/excel.js';
import * as libraries from './test-support/producers/libraries.js';
import { googleOds, libreOfficeOds } from './test-support/producers/open-document.js';
import { googleXlsx, libreOfficeXlsx, numbersXlsx } from './test-support/producers/suites.js';
import * as texts from './test-support/producers/text-files.js';

interface ReadFile {
  readonly format: TableFormat;
  readonly sheets: readonly string[];
  readonly rows: SheetRow[];
}

async function read(file: Buffer, sheet?: string): Promise<ReadFile> {
  const table = await openTable(file);
  try {
    const rows: SheetRow[] = [];
    for await (const batch of table.read({ sheet })) rows.push(...batch.rows);
    return { format: table.format, sheets: table.sheets.map(({ name }) => name), rows };
  } finally {
    await table.close();
  }
}

function row(number: number, ...cells: readonly (string | readonly [text: string, kind: CellKind])[]): SheetRow {
  const texts = cells.map((cell) => (typeof cell === 'string' ? cell : cell[0]));
  const kinds = cells.map((cell) => (typeof cell === 'string' ? 'text' : cell[1]));
  return kinds.every((kind) => kind === 'text') ? { row: number, cells: texts } : { row: number, cells: texts, kinds };
}

const HEADER = row(1, 'Nr.', 'Name', 'Betrag', 'Datum', 'Aktiv');
const MULLER = row(2, '007', 'Müller & Söhne', ['1234.5', 'number'], ['2026-03-15', 'date'], ['TRUE', 'boolean']);
const four = (last: string | readonly [string, CellKind]): SheetRow =>
  row(4, '008', ' zwei\nZeilen ', ['0.25', 'percent'], ['2026-03-15T18:30:00', 'dateTime'], last);
/** The same customers, whoever wrote them; row 3 is blank. */
const CUSTOMERS = [HEADER, MULLER, four(['#N/A', 'error'])];

describe('workbooks as they are written by', () => {
  it.each<[name: string, file: () => Promise<Buffer>, rows: SheetRow[]]>([
    ['Excel 365', excel365, [
      ...CUSTOMERS,
      row(5, ['0.07', 'number'], '東京', 'fett und\r\nnicht', 'x < 0,07', ['#VALUE!', 'error']),
      row(6, ['1.07', 'number']),
    ]],
    ['Excel, strict', excelStrict, CUSTOMERS],
    ['LibreOffice', libreOfficeXlsx, [...CUSTOMERS, row(5, 'a b')]],
    ['Google Sheets', googleXlsx, [HEADER, MULLER, four('aus')]],
    ['openpyxl', libraries.openpyxl, CUSTOMERS],
    ['openpyxl, write-only', libraries.openpyxlWriteOnly, CUSTOMERS],
    ['who leaves references out', libraries.withoutReferences, CUSTOMERS],
    ['exceljs, streaming', libraries.exceljsStreaming, CUSTOMERS],
    ['SheetJS', libraries.sheetJs, [
      HEADER,
      row(2, '007', 'Müller & Söhne', ['1234.5', 'number'], ['2026-03-15T00:00:00', 'dateTime'], ['TRUE', 'boolean']),
      row(4, '008', ' zwei\nZeilen ', ['0.25', 'number'], ['2026-03-15T18:30:00', 'dateTime'], ['#N/A', 'error']),
    ]],
    ['Apache POI', libraries.apachePoi, [...CUSTOMERS, row(5, 'ab')]],
    ['Apache POI, streaming', libraries.apachePoiStreaming, CUSTOMERS],
    ['XlsxWriter, constant memory', libraries.xlsxWriter, CUSTOMERS],
    ['the Open XML SDK and ClosedXML', libraries.openXmlSdk, CUSTOMERS],
    ['PhpSpreadsheet', libraries.phpSpreadsheet, [
      ...CUSTOMERS,
      row(5, ['0.00001', 'number'], ['1e+25', 'number'], ['FALSE', 'boolean']),
    ]],
  ])('%s', async (_name, file, rows) => {
    expect(await read(await file())).toEqual({ format: 'xlsx', sheets: ['Kunden'], rows });
  }); // prettier-ignore

  it('Apple Numbers', async () => {
    const file = await numbersXlsx();
    const sheets = ['Export Summary', 'Blatt 1 - Tabelle 1'];
    expect(await read(file, 'Blatt 1 - Tabelle 1')).toEqual({ format: 'xlsx', sheets, rows: CUSTOMERS });
    expect((await read(file)).rows).toEqual([
      row(3, '', 'This document was exported from Numbers.'),
      row(7, '', 'Numbers Table Name'),
    ]);
  });
});

describe('spreadsheets of OpenDocument as they are written by', () => {
  const repeated = (number: number): SheetRow => row(number, 'mit Notiz', 'Verweis', '', 'gleich', 'gleich');

  it.each<[name: string, file: () => Promise<Buffer>, rows: SheetRow[]]>([
    ['LibreOffice', libreOfficeOds, [HEADER, MULLER, four(['#NV', 'error']), repeated(5), repeated(6)]],
    ['Google Sheets', googleOds, CUSTOMERS],
  ])('%s', async (_name, file, rows) => {
    expect(await read(await file())).toEqual({ format: 'ods', sheets: ['Kunden'], rows });
  });
});

describe('text as it is written by', () => {
  it.each<[name: string, file: Buffer, rows: SheetRow[]]>([
    ['German Excel', texts.germanExcel(), [
      row(1, 'Nr.', 'Name', 'Betrag', 'Datum'),
      row(2, '007', 'Müller & Söhne', '1.234,50 €', '15.03.2026'),
      row(4, '008', ' zwei\nZeilen „x“', '-5'),
    ]],
    ['portals, for Excel', texts.separatorLine(), [row(2, 'Nr.', 'Name'), row(3, '007', 'Müller, Söhne')]],
    ['Excel, in UTF-8', texts.excelUtf8(), [row(1, 'Nr.', 'Name'), row(2, '007', 'sagt "ja";')]],
    ['Excel, as Unicode text', texts.excelUnicodeText(), [row(1, 'Nr.', 'Name'), row(2, '007', 'Müller')]],
    ['LibreOffice', texts.libreOfficeCsv(), [
      row(1, 'Nr.', 'Name', 'Betrag'),
      row(2, '007', 'Müller, Söhne', '1234.5'),
      row(3, '008', ' zwei\nZeilen '),
    ]],
    ['Google Sheets', texts.googleCsv(), [
      row(1, 'Nr.', 'Name', 'Betrag'),
      row(2, '007', 'Müller, Söhne', '1.234,50'),
      row(4, '008', "'x", 'FALSE'),
    ]],
    ['SAP, with bars', texts.sapPipes(), [
      row(1, '', 'Nr. ', 'Name          ', 'Betrag   '),
      row(2, '', '007 ', 'Müller & Söhne', '1.234,50 '),
      row(3, '', '008 ', 'Weiß          ', '    5,00-'),
    ]],
    ['SAP, with tabs', texts.sapTabs(), [
      row(1, '15.03.2026', '', 'Dynamische Listenausgabe'),
      row(3, '', 'Nr.', 'Name'),
      row(5, '', '007', 'Müller'),
    ]],
    ['tools of Unix', texts.unixTabs(), [row(1, 'nr', 'name'), row(2, '007', 'the "old" one'), row(3, '008', "it's")]],
  ])('%s', async (_name, file, rows) => {
    expect(await read(file)).toEqual({ format: 'csv', sheets: [''], rows });
  }); // prettier-ignore
});
