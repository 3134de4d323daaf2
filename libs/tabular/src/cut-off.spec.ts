import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataRows } from './data-rows.js';
import { openTable } from './open-table.js';
import { bytesSource } from './source/bytes-source.js';
import type { TableRow } from './table.js';
import { TabularError } from './tabular-error.js';
import { writeTable } from './test-support/write-table.js';

const COLUMNS = 3;

async function read(bytes: Uint8Array): Promise<TableRow[] | string> {
  try {
    const table = await openTable(bytesSource(bytes), { csv: { delimiter: ';', quote: '"', encoding: 'utf-8' } });
    const rows: TableRow[] = [];
    const options = { headerRow: 1, columns: COLUMNS, limits: { rows: 1_000 } };
    for await (const batch of dataRows(table.read(), options)) rows.push(...batch.rows);
    await table.close();
    return rows;
  } catch (error) {
    if (error instanceof TabularError) return error.code;
    throw error;
  }
}

const cutOff = (rows: TableRow[] | string) =>
  typeof rows === 'string' ? rows : rows.map((row) => row.cutOff === true);

describe('a CSV file that ends too early', () => {
  it.each<[string, string, unknown]>([
    ['with the line end', 'a;b;c\n1;2;3\n4;5\n', [false, false]],
    ['with the last cell', 'a;b;c\n1;2;3\n4;5;6', [false, false]],
    ['with an empty last cell', 'a;b;c\n1;2;3\n4;5;', [false, false]],
    ['with the line end, and a blank', 'a;b;c\n1;2;3\n4;5\n ', [false, false]],
    ['in the middle of a row', 'a;b;c\n1;2;3\n4;5', [false, true]],
    ['in the first cell of a row', 'a;b;c\r\n1;2;3\r\n4', [false, true]],
    ['behind quotes', 'a;b;c\n1;2;3\n"4";"5"', [false, true]],
    ['within quotes', 'a;b;c\n1;2;3\n"4";"5', 'unbalanced_quotes'],
    ['half way through its line end', 'a;b;c\r\n1;2;3\r\n4;5\r', [false, false]],
  ])('%s', async (_what, file, expected) => {
    expect(cutOff(await read(Buffer.from(file)))).toEqual(expected);
  });

  it('is never taken for whole, wherever before the last cell of a row it was cut', async () => {
    const cell = fc.constantFrom('x', 'Müller', '"a;b"', '"c\nd"', '007');
    const row = fc.tuple(cell, cell, cell).map((cells) => cells.join(';'));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 2, maxLength: 6 }), fc.nat(), async (rows, seed) => {
        const whole = `a;b;c\n${rows.join('\n')}`;
        const last = whole.length - (rows.at(-1)?.length ?? 0);
        // Behind the first character of the last row, up to its last delimiter outside of quotes.
        const end = last + (/^(?:"[^"]*"|[^;"]*);(?:"[^"]*"|[^;"]*)/.exec(whole.slice(last))?.[0].length ?? 0);
        const bytes = Buffer.from(whole.slice(0, last + 1 + (seed % (end - last))));
        const result = await read(bytes);
        expect(typeof result === 'string' || result.at(-1)?.cutOff === true).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

describe.each(['xlsx', 'ods'] as const)('a workbook (%s) that ends too early', (format) => {
  it('is refused wherever it was cut', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [`${i}`, `Name ${i}`, `${i * 7919}`]);
    const bytes = await writeTable(format, [['a', 'b', 'c'], ...rows]);
    expect(await read(bytes)).toHaveLength(300);
    for (const share of [0.1, 0.5, 0.9, 0.99]) {
      expect(typeof (await read(bytes.subarray(0, Math.floor(bytes.length * share))))).toBe('string');
    }
    expect(typeof (await read(bytes.subarray(0, bytes.length - 1)))).toBe('string');
  });
});
