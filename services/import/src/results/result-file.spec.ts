import { describe, expect, it } from 'vitest';
import type { RowResult } from './answers-in-row-order.js';
import type { OutputCell, OutputRow, TableRow } from '@muster/tabular';
import { fieldLabel } from './field-label.js';
import { resultHeaders, resultRows, type ResultFileOptions, type ResultKind } from './result-file.js';

const KINDS = ['successful', 'failed', 'unprocessed'] as const;

async function* batchesOf(batches: readonly (readonly number[])[]) {
  for (const rows of batches) yield { rows: rows.map((row) => ({ row, cells: [`a${row}`, '1'] })), bytesRead: 0 };
}

async function* resultsOf(results: readonly Partial<RowResult>[]) {
  for (const result of results) yield { row: 0, repNo: 0, outcome: 'created' as const, ...result };
}

async function linesOf(
  kind: ResultKind,
  batches: readonly (readonly number[])[],
  results: readonly Partial<RowResult>[],
) {
  const options = { kind, format: 'csv', language: 'en' } as const;
  return rowsOf(resultRows({ columns: ['A', 'B'] }, batchesOf(batches), resultsOf(results), options));
}

async function rowsOf(pages: AsyncIterable<OutputRow[]>): Promise<(readonly OutputCell[])[]> {
  const rows: (readonly OutputCell[])[] = [];
  for await (const page of pages) rows.push(...page.map((row) => ('cells' in row ? row.cells : row)));
  return rows;
}

async function* fileOf(...rows: TableRow[]) {
  yield { rows, bytesRead: 0 };
}

describe('the rows of a result file', () => {
  it.each([
    [',', '1.5', 'number', '1,5'],
    [',', '0.25', 'percent', '0,25'],
    [',', '1.5', 'text', '1.5'],
    [',', '2026-12-31', 'date', '2026-12-31'],
    ['.', '1.5', 'number', '1.5'],
    [undefined, '1.5', 'number', '1.5'],
  ] as const)('with decimal separator %s, %s of kind %s is %s in CSV', async (decimalSeparator, text, kind, cell) => {
    const file = fileOf({ row: 2, cells: [text], kinds: [kind] });
    const source = { columns: ['A'], ...(decimalSeparator && { decimalSeparator }) };
    const options = { kind: 'unprocessed', format: 'csv', language: 'en' } as const;
    expect(await rowsOf(resultRows(source, file, resultsOf([]), options))).toEqual([[cell, 2]]);
  });

  it('keeps in a workbook what cells are, and marks those of which something is said', async () => {
    const problems: RowResult['problems'] = [
      { code: 'too_long', field: 'name1', column: 'A', params: { limit: 5, length: 9 } },
      { code: 'required', field: 'city', column: '#3', params: {} },
      { code: 'key_not_found', field: 'externalId' },
    ];
    const file = fileOf({ row: 2, cells: ['x', '1.5'], kinds: ['text', 'number'] });
    const options: ResultFileOptions = { kind: 'failed', format: 'xlsx', language: 'de' };
    const results = resultsOf([{ row: 2, outcome: 'invalid', problems }]);
    const [row = []] = await rowsOf(resultRows({ columns: ['A', 'B', 'C'] }, file, results, options));
    expect(row.slice(0, 3)).toEqual([
      { text: 'x', kind: 'text', fill: 'error', comment: expect.stringContaining('5') },
      { text: '1.5', kind: 'number' },
      { text: '', kind: undefined, fill: 'error', comment: expect.any(String) },
    ]);
    expect(row[3]).toBe('too_long; required; key_not_found');
    expect(resultHeaders(['A', 'B', 'C'], options)).toEqual(['A', 'B', 'C', 'Code', 'Feld', 'Meldung']);
  });

  it('calls a field that no column feeds as people do', async () => {
    const results = resultsOf([{ row: 2, outcome: 'invalid', problems: [{ code: 'required', field: 'name1' }] }]);
    const options = { kind: 'failed', format: 'csv', language: 'de', labelOf: (id: string) => `${id}!` } as const;
    const [row] = await rowsOf(resultRows({ columns: ['A'] }, fileOf({ row: 2, cells: ['x'] }), results, options));
    expect(row?.slice(0, 3)).toEqual(['x', 'required', 'name1!']);
    expect([fieldLabel('customer', 'name1', 'de'), fieldLabel('customer', 'customFields.x', 'de')]).toEqual([
      'Name',
      'customFields.x',
    ]);
  });

  it('keeps an error of a workbook one in CSV, so that it is none of our texts when it comes back', async () => {
    const results = resultsOf([
      { row: 2, outcome: 'invalid', problems: [{ code: 'error_cell', column: 'A', params: { value: '#N/A' } }] },
    ]);
    const file = fileOf({ row: 2, cells: ['#N/A', '#N/A'], kinds: ['error', 'text'] });
    const options = { kind: 'failed', format: 'csv', language: 'de' } as const;
    const [row] = await rowsOf(resultRows({ columns: ['A', 'B'] }, file, results, options));
    expect(row?.slice(0, 2)).toEqual([{ text: '#N/A', kind: 'error' }, '#N/A']);
  });

  it('has the original columns, then code, field and message of a row that failed', async () => {
    const problems = [
      { code: 'too_long', field: 'name1', column: 'Name', params: { limit: 5, length: 9 } },
      { code: 'missing_value', field: 'city' },
    ];
    const [line, ...rest] = await linesOf('failed', [[2, 3]], [{ row: 2 }, { row: 3, outcome: 'invalid', problems }]);
    expect(line?.slice(0, 4)).toEqual(['a3', '1', 'too_long; missing_value', 'Name; city']);
    expect(rest).toEqual([]);
  });

  it.each([
    ['every row has a result', [2, 3, 4, 5, 6]],
    ['the last batch has a result for its first row alone', [2, 3, 4]],
    ['a row in the midst has none', [2, 4, 5, 6]],
    ['no row has one', []],
  ])('puts every row into the file of one kind when %s', async (_name, known) => {
    const outcomes = ['created', 'failed', 'unprocessed'] as const;
    const results = known.map((row) => ({ row, outcome: outcomes[row % 3] }));
    const files = await Promise.all(KINDS.map((kind) => linesOf(kind, [[2, 3], [4, 5, 6]], results))); // prettier-ignore
    const rows = files.flatMap((lines) => lines.map(([first]) => String(first)));
    expect(rows.sort()).toEqual(['a2', 'a3', 'a4', 'a5', 'a6']);
    const untried = files[2]?.map(([first]) => Number(String(first).slice(1)));
    expect(untried).toEqual([2, 3, 4, 5, 6].filter((row) => !known.includes(row) || row % 3 === 2));
  });
});
