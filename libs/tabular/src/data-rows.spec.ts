import { describe, expect, it } from 'vitest';
import { dataRows, type DataRowsOptions } from './data-rows.js';
import type { CellKind, SheetBatch, SheetRow, TableRow } from './table.js';
import { refusalOf } from './test-support/refusal.js';

async function* batchesOf(...batches: SheetRow[][]): AsyncGenerator<SheetBatch> {
  let bytesRead = 0;
  for (const rows of batches) yield { rows, bytesRead: (bytesRead += 10) };
}

function sheet(...rows: [row: number, ...cells: string[]][]): SheetRow[] {
  return rows.map(([row, ...cells]) => ({ row, cells }));
}

const OPTIONS: DataRowsOptions = { headerRow: 1, columns: 3, limits: { rows: 3 } };

async function read(rows: SheetRow[], options: Partial<DataRowsOptions> = {}): Promise<TableRow[]> {
  const data: TableRow[] = [];
  for await (const batch of dataRows(batchesOf(rows), { ...OPTIONS, ...options })) data.push(...batch.rows);
  return data;
}

describe('dataRows', () => {
  it.each<[string, SheetRow[], Partial<DataRowsOptions>, TableRow[]]>([
    [
      'leaves out what is not below the header',
      sheet([2, 'Title'], [4, 'a', 'b', 'c'], [6, '1', '2', '3']),
      { headerRow: 4 },
      sheet([6, '1', '2', '3']),
    ],
    ['takes all without a header', sheet([1, '1', '2', '3']), { headerRow: 0 }, sheet([1, '1', '2', '3'])],
    [
      'begins where it is told to',
      sheet([1, 'a', 'b', 'c'], [2, 'units'], [3, '1', '2', '3']),
      { firstDataRow: 3 },
      sheet([3, '1', '2', '3']),
    ],
    ['fills short rows up', sheet([1, 'a', 'b', 'c'], [2, '1']), {}, sheet([2, '1', '', ''])],
    [
      'passes over blank rows',
      sheet([1, 'a'], [2, '1'], [3, ' ', '\t'], [4], [5, '2']),
      { columns: 1 },
      sheet([2, '1'], [5, '2']),
    ],
    [
      'reports cells beyond the last column, unless they are blank',
      sheet([1, 'a', 'b', 'c'], [2, '1', '2', '3', 'x'], [3, '1', '2', '3', ' ']),
      {},
      [{ row: 2, cells: ['1', '2', '3'], extraCells: true }, ...sheet([3, '1', '2', '3'])],
    ],
    ['takes a row that holds extra cells only', sheet([2, '', '', '', 'x']), {}, [{ row: 2, cells: ['', '', ''], extraCells: true }]],
  ])('%s', async (_name, rows, options, expected) => {
    expect(await read(rows, options)).toEqual(expected);
  }); // prettier-ignore

  it('keeps kinds as long as cells', async () => {
    const kinds = (...of: CellKind[]): CellKind[] => of;
    const rows = [
      { row: 2, cells: ['1'], kinds: kinds('number') },
      { row: 3, cells: ['x', 'y', 'TRUE', '5'], kinds: kinds('text', 'text', 'boolean', 'number') },
    ];
    expect(await read(rows)).toEqual([
      { row: 2, cells: ['1', '', ''], kinds: ['number', 'text', 'text'] },
      { row: 3, cells: ['x', 'y', 'TRUE'], kinds: ['text', 'text', 'boolean'], extraCells: true },
    ]);
  });

  it('counts data rows that are not blank, no others', async () => {
    const above = sheet([1, 'Title'], [2, 'a'], [3, '1'], [4, ' '], [5, '2'], [6, '3']);
    expect(await read(above, { headerRow: 2 })).toHaveLength(3);
    const more = sheet([2, '1'], [3, '2'], [4, '3'], [5, '4']);
    expect(await refusalOf(read(more))).toEqual({ code: 'too_many_rows', limit: 3, rows: 4 });
  });

  it.each([
    ['nothing', []],
    ['a header only', sheet([1, 'a', 'b'])],
    ['a header and blanks', sheet([1, 'a', 'b'], [2, ' '])],
  ])('refuses %s', async (_name, rows) => {
    expect(await refusalOf(read(rows))).toEqual({ code: 'no_data_rows' });
  });

  it('gives batches out as they come, without empty ones, and closes their source', async () => {
    let closed = false;
    async function* watched(): AsyncGenerator<SheetBatch> {
      try {
        yield* batchesOf(sheet([1, 'a']), sheet([2, '1']), sheet([3, '2']));
      } finally {
        closed = true;
      }
    }
    const batches = dataRows(watched(), { ...OPTIONS, columns: 1 });
    expect((await batches.next()).value).toEqual({ rows: sheet([2, '1']), bytesRead: 20 });
    expect(closed).toBe(false);
    await batches.return();
    expect(closed).toBe(true);
  });
});
