import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  makeXlsx,
  openXlsxBytes,
  readXlsx,
  relationships,
  workbook,
  xlsxParts,
  type XlsxParts,
} from '../test-support/make-xlsx.js';
import { makeZip } from '../test-support/make-zip.js';
import { refusalOf } from '../test-support/refusal.js';
import { tempFolder } from '../test-support/temp-folder.js';

const one = '<row r="1"><c r="A1"><v>1</v></c></row>';
const sheet1 = xlsxParts({ sheet: one })['xl/worksheets/sheet1.xml'] ?? '';

/** A workbook whose only sheet is found at `name` when the parts are found as they say. */
function withSheetAt(name: string, target: string, parts: XlsxParts['parts'] = {}): XlsxParts {
  return {
    parts: {
      'xl/worksheets/sheet1.xml': undefined,
      [name]: sheet1,
      'xl/_rels/workbook.xml.rels': relationships(['rId1', 'worksheet', target]),
      ...parts,
    },
  };
}

async function firstCell(options: XlsxParts): Promise<string | undefined> {
  const [row] = await readXlsx(options);
  return row?.cells[0];
}

describe('parts of a workbook', () => {
  it.each<[string, XlsxParts]>([
    ['their usual names', { sheet: one }],
    ['an absolute target', withSheetAt('xl/worksheets/sheet1.xml', '/xl/worksheets/sheet1.xml')],
    ['a target with steps', withSheetAt('data/a.xml', '.././data/./a.xml')],
    ['a target from the root that does not say so', withSheetAt('xl/worksheets/a.xml', 'xl/worksheets/a.xml')],
    ['another case', withSheetAt('XL/Worksheets/SHEET1.XML', 'worksheets/sheet1.xml')],
    ['backslashes in the target', withSheetAt('xl/worksheets/sheet1.xml', 'worksheets\\sheet1.xml')],
    ['odd names', withSheetAt('xl/Tabelle Größe.xml', 'Tabelle%20Gr%C3%B6%C3%9Fe.xml')],
    ['a percent sign that escapes nothing', withSheetAt('xl/100%.xml', '100%.xml')],
    ['strict relationships', withSheetAt('xl/worksheets/sheet1.xml', 'worksheets/sheet1.xml', {
      '_rels/.rels': relationships(['r', 'http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument', 'xl/workbook.xml']),
      'xl/_rels/workbook.xml.rels': relationships(['rId1', 'http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet', 'worksheets/sheet1.xml']),
    })],
    ['no relationships of the package', { sheet: one, parts: { '_rels/.rels': undefined } }],
    ['no styles, no strings', { sheet: one, parts: { 'xl/styles.xml': undefined } }],
    ['a workbook in the root', { parts: {
      '_rels/.rels': relationships(['r', 'officeDocument', '/book.xml']),
      'xl/workbook.xml': undefined, 'xl/worksheets/sheet1.xml': undefined,
      'book.xml': workbook('<sheet name="a" sheetId="1" r:id="q"/>'),
      '_rels/book.xml.rels': relationships(['q', 'worksheet', 's.xml']),
      's.xml': sheet1,
    } }],
  ])('are found by %s', async (_name, options) => {
    expect(await firstCell(options)).toBe('1');
  }); // prettier-ignore

  it('are read with any prefix', async () => {
    const parts = Object.fromEntries(
      Object.entries(xlsxParts({ sheet: `<row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" s="1"><f>A1</f><v>45000</v></c></row>`, strings: '<si/><si><t>ä</t></si>', formats: [14] })).map(
        ([name, part]) => [name, String(part).replaceAll(/<(\/?)(?=[a-zA-Z])/g, '<$1x:').replaceAll('xmlns=', 'xmlns:x=')],
      ),
    ); // prettier-ignore
    expect(await readXlsx({ parts })).toEqual([{ row: 1, cells: ['ä', '2023-03-15'], kinds: ['text', 'date'] }]);
  });

  it.each(['utf16le', 'utf-16be'])('are read in %s', async (encoding) => {
    const text = `\uFEFF${String(sheet1).replace('UTF-8', 'UTF-16').replace('<v>1</v>', '<v>7</v>')}`;
    const bytes = Buffer.from(text, 'utf16le');
    if (encoding === 'utf-16be') bytes.swap16();
    expect(await firstCell({ sheet: bytes })).toBe('7');
  });

  it.each<[string, XlsxParts, object]>([
    ['a workbook without sheets', { parts: { 'xl/workbook.xml': workbook('') } }, { code: 'no_sheets' }],
    ['one with charts only', withSheetAt('a.xml', 'a.xml', { 'xl/_rels/workbook.xml.rels': relationships(['rId1', 'chartsheet', 'a.xml']) }), { code: 'no_sheets' }],
    ['a package without workbook', { parts: { 'xl/workbook.xml': undefined } }, { code: 'file_unreadable' }],
    ['another kind of document', { parts: { 'xl/workbook.xml': '<document/>' } }, { code: 'file_unreadable' }],
    ['a binary workbook', { parts: { '_rels/.rels': relationships(['r', 'officeDocument', 'xl/workbook.bin']), 'xl/workbook.bin': 'x' } }, { code: 'unsupported_format', format: 'XLSB' }],
    ['a sheet whose part is missing', { parts: { 'xl/worksheets/sheet1.xml': undefined } }, { code: 'file_unreadable' }],
    ['a sheet that is something else', { sheet: '<?xml version="1.0"?><chartsheet><a/></chartsheet>' }, { code: 'file_unreadable' }],
  ])('refuses %s', async (_name, options, refusal) => {
    expect(await refusalOf(readXlsx(options))).toMatchObject(refusal);
  }); // prettier-ignore
});

it('the date system is that of the workbook, not of what Excel 2013 adds under the same name', async () => {
  const added = '<extLst><ext xmlns:x15="u" uri="{1}"><x15:workbookPr chartTrackingRefBase="1"/></ext></extLst>';
  const book = workbook('<sheet name="a" sheetId="1" r:id="rId1"/>', 'date1904="1"');
  const sheet = '<row r="1"><c r="A1" s="1"><v>0</v></c></row>';
  const parts = { 'xl/workbook.xml': book.replace('</workbook>', `${added}</workbook>`) };
  expect(await firstCell({ sheet, formats: [14], parts })).toBe('1904-01-01');
});

describe('sheets', () => {
  const three: XlsxParts = {
    parts: {
      'xl/workbook.xml': workbook(
        `<sheet name="Diagramm" sheetId="5" r:id="c"/><sheet name="Müll &amp; mehr" sheetId="3" state="hidden" r:id="b"/>
         <sheet name="Makro" sheetId="6" r:id="d"/><sheet name="ganz" sheetId="4" state="veryHidden" r:id="b"/><sheet name="Daten" sheetId="1" r:id="a"/>`,
      ),
      'xl/_rels/workbook.xml.rels': relationships(
        ['a', 'worksheet', 'a.xml'],
        ['b', 'worksheet', 'b.xml'],
        ['c', 'chartsheet', 'c.xml'],
        ['d', 'http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet', 'd.xml'],
      ),
      'xl/a.xml': sheet1,
      'xl/b.xml': String(sheet1).replace('<v>1</v>', '<v>2</v>'),
    },
  };

  it('are listed as in the workbook, those without cells left out', async () => {
    const table = await openXlsxBytes(await makeXlsx(three));
    expect(table.format).toBe('xlsx');
    expect(table.sheets).toEqual([
      { name: 'Müll & mehr', hidden: true },
      { name: 'ganz', hidden: true },
      { name: 'Daten', hidden: false },
    ]);
    await table.close();
  });

  it('are read by name, one after another; else the first that is to be seen', async () => {
    const table = await openXlsxBytes(await makeXlsx(three));
    const first = async (sheet?: string): Promise<string | undefined> => {
      for await (const batch of table.read({ sheet })) return batch.rows[0]?.cells[0];
      return undefined;
    };
    expect([await first(), await first('Müll & mehr'), await first('Daten')]).toEqual(['1', '2', '1']);
    expect(await refusalOf(first('daten2'))).toEqual({
      code: 'sheet_not_found',
      sheet: 'daten2',
      sheets: 'Müll & mehr, ganz, Daten',
    });
    await table.close();
  });
});

describe('reading', () => {
  const many = Array.from({ length: 6_000 }, (_, row) => `<row r="${row + 1}"><c><v>${row}</v></c></row>`).join('');

  it('gives out batches, and says how far it is', async () => {
    const file = await makeXlsx({ sheet: many });
    const table = await openXlsxBytes(file);
    let next = 0;
    let bytes = 0;
    for await (const { rows, bytesRead } of table.read()) {
      expect(rows.length).toBeLessThanOrEqual(1000);
      for (const { cells } of rows) expect(cells[0]).toBe(String(next++));
      expect(bytesRead).toBeGreaterThanOrEqual(bytes);
      bytes = bytesRead;
    }
    expect(next).toBe(6_000);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes).toBeLessThanOrEqual(file.length);
    await table.close();
  });

  it('ends with the reason of the signal', async () => {
    const table = await openXlsxBytes(await makeXlsx({ sheet: many, strings: '<si><t>a</t></si>' }));
    const abort = new AbortController();
    const reason = new Error('enough');
    const read = async (): Promise<void> => {
      for await (const { rows } of table.read({ signal: abort.signal })) if (rows.length > 0) abort.abort(reason);
    };
    await expect(read()).rejects.toBe(reason);
    await expect(table.read({ signal: abort.signal }).next()).rejects.toBe(reason);
    await table.close();
  });

  it('leaves no temporary file, and may be closed twice', async () => {
    const folder = await tempFolder();
    const table = await openXlsxBytes(await makeXlsx({ sheet: one, strings: '<si><t>a</t></si>' }), {}, folder);
    for await (const { rows } of table.read()) expect(rows).toHaveLength(1);
    expect(await readdir(folder)).toEqual([]);
    await table.close();
    await table.close();
  });

  it('is not tried with a damaged archive', async () => {
    const file = await makeZip(xlsxParts({ sheet: many }));
    const at = file.indexOf('xl/worksheets/sheet1.xml') + 200;
    file.fill(0x55, at, at + 50);
    const table = await openXlsxBytes(file);
    const read = async (): Promise<void> => {
      for await (const { rows } of table.read()) expect(rows.length).toBeGreaterThan(0);
    };
    expect(await refusalOf(read())).toMatchObject({ code: 'file_unreadable' });
    await table.close();
  });
});
