import { readdir } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openTable } from './open-table.js';
import type { SheetRow, Table, TableFormat } from './table.js';
import { makeXlsx } from './test-support/make-xlsx.js';
import { tempFolder } from './test-support/temp-folder.js';
import { WatchedSource } from './test-support/watched-source.js';
import { writeTable } from './test-support/write-table.js';

const ROWS = 6_000;
const CLOSED = { name: 'Error', message: 'the table is closed' };

/** A file of many batches. */
function file(format: TableFormat): Promise<Buffer> {
  return writeTable(
    format,
    Array.from({ length: ROWS }, (_, index) => [`row ${index}`, String((index * 7919) % 10_007)]),
  );
}

/** A workbook whose shared strings do not fit into the memory. */
function workbook(): Promise<Buffer> {
  const pad = 'x'.repeat(16_000);
  const strings = Array.from({ length: TEXTS }, (_, index) => `<si><t>${index} ${pad}</t></si>`);
  const rows = Array.from({ length: TEXTS }, (_, at) => `<row r="${at + 1}"><c t="s"><v>${at}</v></c></row>`);
  return makeXlsx({ sheet: rows.join(''), strings: strings.join('') });
}

/** More than 16 MB. */
const TEXTS = 1_200;

async function rest(reading: AsyncIterable<{ rows: SheetRow[] }>): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of reading) rows.push(...batch.rows);
  return rows;
}

async function firstBatch(table: Table) {
  const reading = table.read();
  await reading.next();
  return reading;
}

describe.each<TableFormat>(['xlsx', 'ods', 'csv'])('a table of %s', (format) => {
  it('is read by several at once, each with rows of its own', async () => {
    const table = await openTable(new WatchedSource(await file(format)));
    const [first, second] = await Promise.all([rest(table.read()), rest(table.read())]);
    expect(first).toHaveLength(ROWS);
    expect(second).toEqual(first);
    expect(second[0]).not.toBe(first[0]);
    await table.close();
  });

  it('says so when it was closed, before a read and during one', async () => {
    const source = new WatchedSource(await file(format));
    const table = await openTable(source);
    const reading = await firstBatch(table);
    await table.close();
    await expect(rest(reading)).rejects.toMatchObject(CLOSED);
    await expect(rest(table.read())).rejects.toMatchObject(CLOSED);
    await expect(rest(table.read({ sheet: 'Nowhere' }))).rejects.toMatchObject(CLOSED);
    expect(source).toMatchObject({ open: 0, timesClosed: 1 });
  });

  it('ends reads that wait for the file when it is closed', async () => {
    const source = new WatchedSource(await file(format));
    const table = await openTable(source);
    const reading = await firstBatch(table);
    source.stuckFrom = 0;
    const outcome = rest(reading);
    await table.close();
    await expect(outcome).rejects.toMatchObject(CLOSED);
  });
});

describe('a workbook with strings in a temporary file', () => {
  const limits = { unpackRatio: 2_000 };

  it('is read by several at once', async () => {
    const folder = await tempFolder();
    const table = await openTable(await workbook(), { temporaryFolder: folder, limits });
    const [first, second] = await Promise.all([rest(table.read()), rest(table.read())]);
    expect(first.map(({ cells }) => Number.parseInt(cells[0] ?? '', 10))).toEqual([...Array(TEXTS).keys()]);
    expect(second).toEqual(first);
    await table.close();
    expect(await readdir(folder)).toEqual([]);
  });

  it('may be closed while it is read', async () => {
    const table = await openTable(await workbook(), { temporaryFolder: await tempFolder(), limits });
    const reading = await firstBatch(table);
    await table.close();
    await expect(rest(reading)).rejects.toMatchObject(CLOSED);
  });
});
