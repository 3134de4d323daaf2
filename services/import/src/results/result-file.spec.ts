import { describe, expect, it } from 'vitest';
import type { RowResult } from './answers-in-row-order.js';
import { resultFile, type ResultKind } from './result-file.js';

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
  let text = '';
  for await (const part of resultFile({ columns: ['A', 'B'] }, batchesOf(batches), resultsOf(results), kind, 'en'))
    text += part;
  return text.replace('\uFEFF', '').trimEnd().split('\r\n');
}

describe('resultFile', () => {
  it.each([
    [',', '1.5', 'number', '"1,5"'],
    [',', '0.25', 'percent', '"0,25"'],
    [',', '1.5', 'text', '1.5'],
    [',', '2026-12-31', 'date', '2026-12-31'],
    ['.', '1.5', 'number', '1.5'],
    [undefined, '1.5', 'number', '1.5'],
  ] as const)('with decimal separator %s, %s of kind %s is written %s', async (decimalSeparator, text, kind, line) => {
    async function* batches() {
      yield { rows: [{ row: 2, cells: [text], kinds: [kind] }], bytesRead: 0 };
    }
    const source = { columns: ['A'], ...(decimalSeparator && { decimalSeparator }) };
    const lines: string[] = [];
    for await (const part of resultFile(source, batches(), resultsOf([]), 'unprocessed', 'en')) lines.push(part);
    expect(lines[1]).toBe(`${line},2\r\n`);
  });

  it('has the original columns, then code, field and message of a row that failed', async () => {
    const problems = [
      { code: 'too_long', field: 'name1', column: 'Name', params: { limit: 5, length: 9 } },
      { code: 'missing_value', field: 'city' },
    ];
    const [header, line, ...rest] = await linesOf(
      'failed',
      [[2, 3]],
      [{ row: 2 }, { row: 3, outcome: 'invalid', problems }],
    );
    expect(header).toBe('A,B,Code,Field,Message');
    expect(line).toMatch(/^a3,1,too_long; missing_value,Name; city,/);
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
    const rows = files.flatMap(([, ...lines]) => lines.map((line) => line.split(',')[0]));
    expect(rows.sort()).toEqual(['a2', 'a3', 'a4', 'a5', 'a6']);
    const untried = files[2]?.slice(1).map((line) => Number(line.slice(1, 2)));
    expect(untried).toEqual([2, 3, 4, 5, 6].filter((row) => !known.includes(row) || row % 3 === 2));
  });
});
