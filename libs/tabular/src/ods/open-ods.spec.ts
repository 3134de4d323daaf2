import { describe, expect, it } from 'vitest';
import { odsContent, odsRow, odsSheet, odsText } from '../test-support/ods-content.js';
import { makeOds, openOdsBytes, readContent, rowsOf } from '../test-support/open-ods-bytes.js';
import { makeZip } from '../test-support/make-zip.js';
import { refusalOf } from '../test-support/refusal.js';
import { WatchedSource } from '../test-support/watched-source.js';

const HIDING =
  '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style><style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>';
const named = (name: string, attributes = ''): string =>
  odsSheet(odsRow(odsText(`in ${name}`)), `table:name="${name}"${attributes}`);

/** Rows that do not compress well: `content.xml` is about 100 bytes a row, compressed. */
function noise(rows: number): string {
  let seed = 1;
  return Array.from({ length: rows }, () => {
    let text = '';
    for (let at = 0; at < 100; at++) {
      seed = (seed * 48_271) % 2_147_483_647;
      text += String.fromCodePoint(97 + (seed % 26));
    }
    return odsRow(odsText(text));
  }).join('');
}

describe('sheets', () => {
  it('are listed in their order, hidden ones too', async () => {
    const sheets = named('A&amp;B', ' table:style-name="ta2"') + named('Ü', ' table:style-name="ta1"') + named('C');
    const table = await openOdsBytes(await makeOds(odsContent(sheets, HIDING)));
    expect(table.format).toBe('ods');
    expect(table.sheets).toEqual([
      { name: 'A&B', hidden: true },
      { name: 'Ü', hidden: false },
      { name: 'C', hidden: false },
    ]);
    expect(await rowsOf(table)).toEqual([{ row: 1, cells: ['in Ü'] }]);
    expect(await rowsOf(table, { sheet: 'A&B' })).toEqual([{ row: 1, cells: ['in A&B'] }]);
    expect(await rowsOf(table, { sheet: 'C' })).toEqual([{ row: 1, cells: ['in C'] }]);
    expect(await refusalOf(rowsOf(table, { sheet: 'c' }))).toEqual({
      code: 'sheet_not_found',
      sheet: 'c',
      sheets: 'A&B, Ü, C',
    });
    await table.close();
  });

  it('preset is the first when all are hidden', async () => {
    const table = await openOdsBytes(await makeOds(odsContent(named('A', ' table:style-name="ta2"'), HIDING)));
    expect(await rowsOf(table)).toEqual([{ row: 1, cells: ['in A'] }]);
  });

  it('without a name get one', async () => {
    const table = await openOdsBytes(await makeOds(odsContent(named('A') + odsSheet(odsRow(odsText('x')), ''))));
    expect(table.sheets.map(({ name }) => name)).toEqual(['A', 'Sheet2']);
    expect(await rowsOf(table, { sheet: 'Sheet2' })).toEqual([{ row: 1, cells: ['x'] }]);
  });

  it('may be empty', async () => {
    expect(await readContent(odsContent('<table:table table:name="A"/>'))).toEqual([]);
    expect(await readContent(odsContent(odsSheet('')))).toEqual([]);
  });
});

const meta = (generator: string): string =>
  `<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0"><office:meta><meta:generator>${generator}</meta:generator><meta:document-statistic meta:table-count="1" meta:cell-count="2"/></office:meta></office:document-meta>`;

describe('a large file that says it has one sheet', () => {
  const large = noise(20_000);

  it('is not unpacked to be opened', async () => {
    const file = await makeOds(odsContent(odsSheet(large)), { 'meta.xml': meta('LibreOffice/24.8$Linux') });
    const source = new WatchedSource(file);
    const table = await openOdsBytes(source);
    expect(table.sheets).toEqual([{ name: 'Sheet1', hidden: false }]);
    expect(source.bytesRead).toBeLessThan(file.length / 2);
    expect(await rowsOf(table)).toHaveLength(20_000);
    expect(table.sheets).toHaveLength(1);
  });

  it('shows its others as soon as one is asked for, or the first was read', async () => {
    const file = await makeOds(odsContent(odsSheet(large) + named('B')), { 'meta.xml': meta('LibreOffice/24.8') });
    const asked = await openOdsBytes(file);
    expect(asked.sheets).toHaveLength(1);
    expect(await rowsOf(asked, { sheet: 'B' })).toEqual([{ row: 1, cells: ['in B'] }]);
    expect(asked.sheets.map(({ name }) => name)).toEqual(['Sheet1', 'B']);
    const read = await openOdsBytes(file);
    expect(await rowsOf(read)).toHaveLength(20_000);
    expect(read.sheets.map(({ name }) => name)).toEqual(['Sheet1', 'B']);
  });

  it.each(['<a>', meta('\xff').slice(0, -5), meta('&unknown;')])(
    'is unpacked when its description is damaged (%#)',
    async (damaged) => {
      const table = await openOdsBytes(
        await makeOds(odsContent(odsSheet(large) + named('B')), { 'meta.xml': damaged }),
      );
      expect(table.sheets).toHaveLength(2);
    },
  );

  it('is not believed when another program wrote it', async () => {
    const table = await openOdsBytes(
      await makeOds(odsContent(odsSheet(large) + named('B')), { 'meta.xml': meta('ODFPY/1.4.1') }),
    );
    expect(table.sheets).toHaveLength(2);
  });
});

describe('reading', () => {
  it('gives rows in batches, with the share of the file that was read', async () => {
    const file = await makeOds(odsContent(odsSheet(noise(5000)) + named('B')));
    const table = await openOdsBytes(file);
    const batches = [];
    for await (const { rows, bytesRead } of table.read())
      batches.push({ first: rows[0]?.row, count: rows.length, bytesRead });
    expect(batches.map(({ first }) => first)).toEqual(Array.from({ length: 50 }, (_, at) => 100 * at + 1));
    const shares = batches.map(({ bytesRead }) => bytesRead / file.length);
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(shares[0]).toBeLessThan(0.3);
    expect(shares.at(-1)).toBeGreaterThan(0.8);
    expect(shares.at(-1)).toBeLessThanOrEqual(1);
  });

  it('gives repeated rows out one by one, each with cells of its own', async () => {
    const repeated = `<table:table-row table:number-rows-repeated="1200">${odsText('a')}</table:table-row>`;
    const rows = await readContent(odsContent(odsSheet(repeated + odsRow(odsText('b')))));
    expect(rows).toHaveLength(1201);
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 1201 }, (_, at) => at + 1));
    expect(new Set(rows.map(({ cells }) => cells)).size).toBe(1201);
  });

  it('ends when it is left, and can begin anew', async () => {
    const source = new WatchedSource(await makeOds(odsContent(odsSheet(noise(5000)))));
    const table = await openOdsBytes(source);
    const before = source.bytesRead;
    for await (const { rows } of table.read()) {
      expect(rows).toHaveLength(100);
      break;
    }
    expect(source.open).toBe(0);
    expect(source.bytesRead - before).toBeLessThan(source.size);
    expect(await rowsOf(table)).toHaveLength(5000);
    await table.close();
    expect(source.timesClosed).toBe(1);
  });

  it('ends with the reason of the signal', async () => {
    const table = await openOdsBytes(await makeOds(odsContent(odsSheet(noise(5000)))));
    const controller = new AbortController();
    const reason = new Error('enough');
    let batches = 0;
    const reading = async (): Promise<void> => {
      for await (const { rows } of table.read({ signal: controller.signal })) {
        batches += Math.sign(rows.length);
        controller.abort(reason);
      }
    };
    await expect(reading()).rejects.toBe(reason);
    expect(batches).toBe(1);
    await expect(rowsOf(table, { signal: controller.signal })).rejects.toBe(reason);
  });

  it('ends with the reason of the signal while other sheets are looked for', async () => {
    const file = await makeOds(odsContent(odsSheet(noise(8000)) + named('B')), {
      'meta.xml': meta('LibreOffice/24.8'),
    });
    const source = new WatchedSource(file);
    const table = await openOdsBytes(source);
    source.stuckFrom = 0;
    const controller = new AbortController();
    const reading = rowsOf(table, { sheet: 'B', signal: controller.signal });
    controller.abort(new Error('enough'));
    await expect(reading).rejects.toBe(controller.signal.reason);
  });

  it('takes UTF-16 too', async () => {
    const content = odsContent(odsSheet(odsRow(odsText('Größe 😀')))).replace('UTF-8', 'UTF-16');
    expect(await readContent(Buffer.from(`\uFEFF${content}`, 'utf16le'))).toEqual([{ row: 1, cells: ['Größe 😀'] }]);
  });

  it('needs no mimetype', async () => {
    const table = await openOdsBytes(await makeZip({ 'content.xml': odsContent(named('A')) }));
    expect(await rowsOf(table)).toHaveLength(1);
  });
});
