import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellKind, SheetRow, TableFormat } from '../table.js';
import { writtenRows } from '../test-support/write-table.js';
import { durationText } from '../values/date-serial.js';
import { numberText } from '../values/number-text.js';
import type { TypedCell } from './output-cell.js';

const HOSTILE = [
  "=cmd|' /C calc'!A0",
  '+43 1 234',
  '-5',
  '@x',
  "'x",
  "''",
  '007',
  '1e5',
  '1/2',
  'TRUE',
  '\t=1',
  '\rx',
  ' blank ',
  '  two  blanks  ',
  'line\nline\r\nline\rline\n\n',
  '\n',
  'a;b,c"d""\te',
  '<a href="x">&amp;]]>--></a>',
  '_x0041_',
  '_x005F_x0041_',
  '_x0041_x0042_',
  '_x000D_\r',
  '_x00',
  '😀👩‍👩‍👧',
  'שלום עולם',
  '\uFEFFmark',
  '\u00A0\u2028\u0085',
  'é\u0301',
  'x'.repeat(32_767),
];
/** Which XML 1.0 cannot hold, so neither can ODS. */
const CONTROLS = ['\0', 'a\u0001b', '\u001F', '\uFFFE\uFFFF', '_x0041\u0001', '_x0041\0_x0042_', '\b_x0008_'];

const ALL = [...HOSTILE, ...CONTROLS];
const FORMATS: readonly TableFormat[] = ['xlsx', 'ods', 'csv'];

const text = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...ALL.filter(({ length }) => length < 100)) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 2, arbitrary: fc.string({ unit: fc.constantFrom(...' \t\r\n_x0041F;,"\'=<&\u0001'), maxLength: 14 }) },
  { weight: 1, arbitrary: fc.constant('') },
);
const textGrid = fc.array(fc.array(text, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 6 });

/**
 * ODS cannot hold control characters, and CSV full of them is taken for no text at all. In CSV a row of white space counts
 * as blank: rows end with a mark.
 */
function textsFor(format: TableFormat, grid: readonly string[][]): string[][] {
  if (format === 'xlsx') return grid.map((row) => [...row]);
  const rows = grid.map((row) => row.map((cell) => cell.replaceAll(NO_XML, '')));
  return format === 'csv' ? rows.map((row) => [...row, 'x']) : rows;
}

const NO_XML = /[^\t\n\r\u0020-\uFFFD]/g;

/** What a reader gives out for texts: no blank rows, nothing empty at the end of one. */
function expected(grid: readonly (readonly string[])[]): SheetRow[] {
  const rows = grid.map((cells, index) => ({ row: index + 1, cells: trimmed(cells) }));
  return rows.filter(({ cells }) => cells.length > 0);
}

function trimmed(cells: readonly string[]): string[] {
  return cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1);
}

describe.each(FORMATS)('%s', (format) => {
  it('gives every hostile text back', async () => {
    const rows = (format === 'ods' ? HOSTILE : ALL).map((cell) => [cell, 'x']);
    expect(await writtenRows(format, rows)).toEqual(expected(rows));
  });

  it('gives any grid of texts back', async () => {
    await fc.assert(
      fc.asyncProperty(textGrid, fc.constantFrom('de', 'en'), async (grid, language) => {
        const rows = [['first', 'x'], ...textsFor(format, grid)];
        expect(await writtenRows(format, rows, { language })).toEqual(expected(rows));
      }),
      { numRuns: 30 },
    );
  });

  it('gives any grid back where the pieces in which it is read are cut', async () => {
    await fc.assert(
      fc.asyncProperty(textGrid, async (grid) => {
        const rows = repeated([['first', 'x'], ...textsFor(format, grid)], 200_000);
        expect(await writtenRows(format, rows)).toEqual(expected(rows));
      }),
      { numRuns: 2 },
    );
  });

  it('numbers rows as they are placed', async () => {
    const rows = [{ row: 3, cells: ['a', 'b'] }, ['c', 'd'], { row: 9, cells: ['e', ''] }];
    expect(await writtenRows(format, rows)).toEqual([
      { row: 3, cells: ['a', 'b'] },
      { row: 4, cells: ['c', 'd'] },
      { row: 9, cells: ['e'] },
    ]);
  });
});

function repeated(rows: readonly string[][], characters: number): string[][] {
  const length = rows.flat().reduce((sum, cell) => sum + cell.length + 1, 0);
  return Array.from({ length: Math.ceil(characters / length) }, () => rows).flat();
}

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map(numberText);
const moment = fc.date({ noInvalidDate: true, min: new Date('1900-01-01'), max: new Date('9999-12-31T23:59:59Z') });
const typedCell: fc.Arbitrary<Required<Pick<TypedCell, 'text' | 'kind'>>> = fc.oneof(
  number.map((value) => ({ text: value, kind: 'number' as const })),
  number.map((value) => ({ text: value, kind: 'percent' as const })),
  moment.map((date) => ({ text: date.toISOString().slice(0, 10), kind: 'date' as const })),
  moment.map((date) => ({ text: date.toISOString().slice(0, 19), kind: 'dateTime' as const })),
  fc.integer({ min: -10_000_000, max: 100_000_000 }).map((seconds) => ({
    text: durationText(seconds) ?? '',
    kind: 'time' as const,
  })),
  fc.constantFrom('TRUE', 'FALSE').map((value) => ({ text: value, kind: 'boolean' as const })),
  fc.constantFrom('#N/A', '#DIV/0!', '#REF!').map((value) => ({ text: value, kind: 'error' as const })),
  fc.constantFrom('007', 'TRUE', '2026-01-31', '1.5').map((value) => ({ text: value, kind: 'text' as const })),
);
const typedGrid = fc.array(fc.array(typedCell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 });

it('errors and texts that look like them keep apart in every format', async () => {
  const both = (text: string) => (['text', 'error'] as const).map((kind) => ({ text, kind }));
  const texts = { xlsx: ['#N/A', '#REF!'], ods: ['#N/A', '#REF!'], csv: ['#N/A', '#REF!', '#NV', '###', 'Err:502'] };
  for (const format of FORMATS) {
    const rows = texts[format].map(both);
    expect(await readAgain(format, rows)).toEqual(rows);
  }
  const formula = { text: '=1', kind: 'error' } as const;
  expect(await readAgain('csv', [[{ text: 'x' }, formula]])).toEqual([
    [
      { text: 'x', kind: 'text' },
      { ...formula, kind: 'text' },
    ],
  ]);
});

describe.each(['xlsx', 'ods'] as const)('%s with kinds', (format) => {
  it('gives any typed cells back, whatever the columns are for', async () => {
    const columns = fc.array(
      fc.constantFrom<CellKind>('text', 'number', 'percent', 'date', 'time', 'dateTime', 'boolean', 'error'),
      { maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(typedGrid, columns, fc.constantFrom('de', 'en'), async (grid, kinds, language) => {
        const options = { language, columns: kinds.map((kind) => ({ header: kind, kind })) };
        const [, ...rows] = await writtenRows(format, grid, options);
        const found = rows.map((row) => row.cells.map((cell, at) => ({ text: cell, kind: row.kinds?.[at] ?? 'text' })));
        // Without columns there still is a header: a blank row.
        expect(kinds.length === 0 ? await readAgain(format, grid) : found).toEqual(grid);
      }),
      { numRuns: 30 },
    );
  });

  it('takes what was read, and writes it as it was', async () => {
    const first = await writtenRows(format, [
      ['Name', 'Since', 'Rate'],
      ['007', { text: '2026-02-28', kind: 'date' }, { text: '0.125', kind: 'percent' }],
      { row: 5, cells: [true, 1e-7, { text: '1900-01-01T00:00:00', kind: 'dateTime' }, null, '-5'] },
    ]);
    expect(await writtenRows(format, first)).toEqual(first);
    expect(first.at(-1)).toEqual({
      row: 5,
      cells: ['TRUE', '0.0000001', '1900-01-01T00:00:00', '', '-5'],
      kinds: ['boolean', 'number', 'dateTime', 'text', 'text'],
    });
  });
});

async function readAgain(format: TableFormat, grid: readonly (readonly TypedCell[])[]) {
  const rows = await writtenRows(format, grid);
  return rows.map((row) => row.cells.map((cell, at) => ({ text: cell, kind: row.kinds?.[at] ?? 'text' })));
}

it.each([
  ['xlsx', '1899-12-31', 'text'],
  ['xlsx', '1900-01-00', 'date'],
  ['xlsx', '1900-02-28', 'date'],
  ['xlsx', '1900-02-29', 'date'],
  ['xlsx', '1900-03-01', 'date'],
  ['xlsx', '9999-12-31', 'date'],
  ['ods', '0001-01-01', 'date'],
  ['ods', '1899-12-31', 'date'],
  ['ods', '1900-02-28', 'date'],
  ['ods', '1900-02-29', 'text'],
] as const)('%s holds %s as %s', async (format, day, kind) => {
  const [row] = await writtenRows(format, [[{ text: day, kind: 'date' }, true]]);
  expect([row?.cells[0], row?.kinds?.[0]]).toEqual([day, kind]);
});

it('writes the kinds of CSV in their one form, negative numbers without a guard', async () => {
  const rows = [[-1.5, 1e-7, true, { text: '-01:00:00', kind: 'time' as const }, '-5'], ['x']];
  expect((await writtenRows('csv', rows))[0]?.cells).toEqual(['-1.5', '0.0000001', 'TRUE', '-01:00:00', '-5']);
});
