import { describe, expect, it } from 'vitest';
import { ROWS_ABOVE_DATA } from './limits.js';
import { openTable } from './open-table.js';
import type { SheetRow, TableFormat } from './table.js';
import { makeXlsx } from './test-support/make-xlsx.js';
import { odsContent, odsRow, odsSheet, odsText } from './test-support/ods-content.js';
import { makeOds } from './test-support/open-ods-bytes.js';
import { refusalOf } from './test-support/refusal.js';

const LIMIT = 3;
const MOST = LIMIT + ROWS_ABOVE_DATA;

/** Blank rows stand between and behind the others. */
function xlsx(rows: number): Promise<Buffer> {
  const row = (at: number) => `<row r="${2 * at}"><c r="A${2 * at}"><v>1</v></c></row><row r="${2 * at + 1}"/>`;
  return makeXlsx({ sheet: Array.from({ length: rows }, (_, at) => row(at + 1)).join('') });
}

const blank = '<table:table-row table:number-rows-repeated="1000"><table:table-cell/></table:table-row>';

const files: Readonly<Record<TableFormat, (rows: number) => Promise<Buffer>>> = {
  xlsx,
  ods: (rows) => makeOds(odsContent(odsSheet((odsRow(odsText('1')) + blank).repeat(rows)))),
  csv: (rows) => Promise.resolve(Buffer.from('1\n\n'.repeat(rows))),
};

async function read(file: Promise<Buffer>): Promise<SheetRow[]> {
  const table = await openTable(await file, { limits: { rows: LIMIT } });
  const rows: SheetRow[] = [];
  for await (const batch of table.read()) rows.push(...batch.rows);
  return rows;
}

describe.each(Object.entries(files))('rows of %s', (_format, file) => {
  it('are given out up to the limit, and as many as may stand above the data', async () => {
    expect(await read(file(MOST))).toHaveLength(MOST);
  });

  it('are too many with one more', async () => {
    expect(await refusalOf(read(file(MOST + 1)))).toEqual({ code: 'too_many_rows', limit: LIMIT, rows: MOST + 1 });
  });
});

it('repeated rows of ODS count as what they stand for', async () => {
  const repeated = (times: number) =>
    makeOds(
      odsContent(odsSheet(`<table:table-row table:number-rows-repeated="${times}">${odsText('a')}</table:table-row>`)),
    );
  expect(await read(repeated(MOST))).toHaveLength(MOST);
  expect(await refusalOf(read(repeated(MOST + 1)))).toMatchObject({ code: 'too_many_rows', limit: LIMIT });
});
