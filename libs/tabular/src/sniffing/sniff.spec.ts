import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCsv } from '../csv/open-csv.js';
import { DEFAULT_LIMITS } from '../limits.js';
import { bytesSource } from '../source/bytes-source.js';
import type { CellKind, ReadOptions, SheetBatch, SheetRow, Table } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { refusalOf } from '../test-support/refusal.js';
import { sniff, type Sniffed, type SniffOptions } from './sniff.js';
import { countEffort } from '../test-support/effort.js';

async function sniffCsv(text: string, options?: SniffOptions): Promise<Sniffed> {
  const context = { limits: DEFAULT_LIMITS, temporaryFolder: '' };
  return sniff(await openCsv(bytesSource(Buffer.from(text)), context), options);
}

/** A workbook in memory: rows of cells; numbers are cells of kind number. */
class MemoryTable implements Table {
  readonly format = 'xlsx';
  readonly size = 0;
  readonly sheets: { name: string; hidden: boolean }[];
  readonly given = new Map<string, number>();

  constructor(private readonly content: Record<string, (string | number)[][] | TabularError>) {
    this.sheets = Object.keys(content).map((name) => ({ name, hidden: name.startsWith('hidden') }));
  }

  async *read({ sheet = '' }: ReadOptions = {}): AsyncGenerator<SheetBatch, void, void> {
    const rows = this.content[sheet] ?? new TabularError('sheet_not_found', { sheet });
    if (rows instanceof TabularError) throw rows;
    for (const [i, values] of rows.entries()) {
      this.given.set(sheet, i + 1);
      await Promise.resolve();
      const kinds = values.map((value): CellKind => (typeof value === 'number' ? 'number' : 'text'));
      const row: SheetRow = { row: i + 1, cells: values.map(String), kinds };
      yield { rows: values.length > 0 ? [row] : [], bytesRead: 0 };
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

describe('sheets', () => {
  const data = [
    ['Nr', 'Preis'],
    [1, 2.5],
  ];

  it.each<[string, Record<string, (string | number)[][] | TabularError>, string, (boolean | undefined)[]]>([
    ['the first with data', { empty: [], one: data, two: data }, 'one', [false, true, true]],
    ['not a cover sheet', { cover: [['Export of', '2026-11-24']], one: data }, 'one', [true, true]],
    ['none that is hidden', { 'hidden one': data, two: data }, 'two', [true, true]],
    ['a hidden one when no other has data', { empty: [[]], 'hidden one': data }, 'hidden one', [false, true]],
    ['none that holds white space only', { blank: [[' ']], one: data }, 'one', [false, true]],
    ['none that cannot be read', { broken: new TabularError('file_unreadable'), one: data }, 'one', [false, true]],
  ])('%s', async (_name, content, sheet, hasData) => {
    const sniffed = await sniff(new MemoryTable(content));
    expect(sniffed).toMatchObject({ format: 'xlsx', sheet, headerRow: 1, columns: [{ name: 'Nr' }, { name: 'Preis' }] });
    expect(sniffed.sheets.map((summary) => summary.hasData)).toEqual(hasData);
  }); // prettier-ignore

  it('says why a sheet cannot be read', async () => {
    const broken = new TabularError('wrong_encoding');
    expect((await sniff(new MemoryTable({ one: data, broken }))).sheets[1]).toEqual({
      name: 'broken',
      hidden: false,
      hasData: false,
      problem: 'wrong_encoding',
    });
    expect(await refusalOf(sniff(new MemoryTable({ broken })))).toEqual({ code: 'wrong_encoding' });
  });

  it('takes the sheet that somebody names', async () => {
    expect(await sniff(new MemoryTable({ one: [['x']], two: data }), { sheet: 'two' })).toMatchObject({ sheet: 'two' });
    expect(await refusalOf(sniff(new MemoryTable({ one: data }), { sheet: 'two' }))).toMatchObject({
      code: 'sheet_not_found',
    });
  });

  it.each<Record<string, string[][]>>([{}, { one: [], two: [[' ', '']] }])(
    'refuses a file without data: %j',
    async (content) => {
      expect(await refusalOf(sniff(new MemoryTable(content)))).toEqual({ code: 'no_data_rows' });
    },
  );

  it('reads no more than it needs', async () => {
    const long = [...data, ...Array.from({ length: 5_000 }, (_, i) => [i, i])];
    const table = new MemoryTable({ one: long, two: long });
    const sniffed = await sniff(table);
    expect(sniffed).toMatchObject({ rowsSeen: 999, isComplete: false });
    expect(table.given.get('one')).toBeLessThan(1_005);
    expect(table.given.get('two')).toBeLessThan(25);
    expect(await sniff(table, { rows: 10 })).toMatchObject({ rowsSeen: 9, isComplete: false });
  });

  it('looks into the first thirty of many sheets', async () => {
    const content = Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`s${i}`, data]));
    const { sheets } = await sniff(new MemoryTable(content));
    expect(sheets.map(({ hasData }) => hasData ?? 'not looked at')).toEqual([
      ...Array.from({ length: 30 }, () => true),
      ...Array.from({ length: 10 }, () => 'not looked at'),
    ]);
  });
});

describe('header and columns', () => {
  it('describes a table', async () => {
    const sniffed = await sniffCsv(
      'sep=;\nKunden\n\nNr;Name;Preis;Seit\n1;Anna;1.234,50;01.02.2024\n2;;7;31.12.2023\n',
    );
    expect(sniffed).toEqual({
      format: 'csv',
      csv: { encoding: 'utf-8', bom: false, delimiter: ';', quote: '"', separatorLine: true },
      sheet: '',
      sheets: [{ name: '', hidden: false, hasData: true }],
      headerRow: 4,
      firstDataRow: 5,
      headerConfidence: 0.91,
      columns: [
        { column: 1, name: 'Nr', type: 'integer', shares: { integer: 1 }, examples: ['1', '2'], maxLength: 1 },
        { column: 2, name: 'Name', type: 'text', shares: { text: 0.5, empty: 0.5 }, examples: ['Anna'], maxLength: 4 },
        { column: 3, name: 'Preis', type: 'decimal', shares: { integer: 0.5, decimal: 0.5 }, decimalSeparator: ',', examples: ['1.234,50', '7'], maxLength: 8 },
        { column: 4, name: 'Seit', type: 'date', shares: { date: 1 }, dateOrder: 'dmy', dateFormats: ['dd.MM.yyyy'], examples: ['01.02.2024', '31.12.2023'], maxLength: 10 },
      ],
      blankHeaders: [],
      duplicateHeaders: [],
      decimalSeparator: ',',
      dateOrder: 'dmy',
      dateFormats: ['dd.MM.yyyy'],
      longerRows: { count: 0, rows: [] },
      rowsSeen: 2,
      isComplete: true,
    }); // prettier-ignore
    expect(JSON.parse(JSON.stringify(sniffed))).toEqual(sniffed);
  });

  it('lists blank and duplicate headers', async () => {
    const { blankHeaders, duplicateHeaders } = await sniffCsv('Nr;;Name; name ;x;NR\n1;2;a;b;c;3\n');
    expect(blankHeaders).toEqual([2]);
    expect(duplicateHeaders).toEqual([
      { name: 'Nr', columns: [1, 6] },
      { name: 'Name', columns: [3, 4] },
    ]);
  });

  it('knows names of JavaScript as names', async () => {
    const { columns, duplicateHeaders } = await sniffCsv('__proto__;constructor;toString\na;b;c\n');
    expect(columns.map(({ name }) => name)).toEqual(['__proto__', 'constructor', 'toString']);
    expect(duplicateHeaders).toEqual([]);
  });

  it('counts columns behind the header when rows use them, and reports rows that are longer', async () => {
    const used = await sniffCsv('a;b\n1;2;x\n3;4;y\n5;6\n');
    expect(used.columns.map(({ name }) => name)).toEqual(['a', 'b', '']);
    expect(used).toMatchObject({ blankHeaders: [3], longerRows: { count: 0 } });
    const slips = await sniffCsv('a;b\n1;2\n3;4;y\n5;6\n');
    expect(slips.columns).toHaveLength(2);
    expect(slips.longerRows).toEqual({ count: 1, rows: [3] });
  });

  it('has no names without a header', async () => {
    const sniffed = await sniffCsv('Anna;17;1,5\nBert;18;2,5\n');
    expect(sniffed).toMatchObject({ headerRow: 0, firstDataRow: 1, blankHeaders: [], rowsSeen: 2 });
    expect(sniffed.columns.map(({ name, type }) => [name, type])).toEqual([
      ['', 'text'],
      ['', 'integer'],
      ['', 'decimal'],
    ]);
  });

  it('takes the header from whoever knows better', async () => {
    const text = 'a;b\n\n1;2\n3;4\n';
    expect(await sniffCsv(text, { headerRow: 3 })).toMatchObject({
      headerRow: 3,
      firstDataRow: 4,
      headerConfidence: 1,
    });
    expect(await sniffCsv(text, { headerRow: 0 })).toMatchObject({ headerRow: 0, firstDataRow: 1, rowsSeen: 3 });
  });

  it('takes a header without rows', async () => {
    const sniffed = await sniffCsv('Nr;Name');
    expect(sniffed).toMatchObject({ headerRow: 1, firstDataRow: 2, rowsSeen: 0, isComplete: true });
    expect(sniffed.columns.map(({ name, type }) => [name, type])).toEqual([
      ['Nr', 'empty'],
      ['Name', 'empty'],
    ]);
  });

  it('copes with two thousand columns', async () => {
    const line = Array.from({ length: 2_000 }, (_, i) => `${i},5`).join(';');
    const effort = countEffort();
    const sniffed = await sniffCsv(`${line.replaceAll(',5', ' name')}\n${`${line}\n`.repeat(300)}`);
    expect(sniffed.columns).toHaveLength(2_000);
    expect(sniffed).toMatchObject({ headerRow: 1, decimalSeparator: ',', isComplete: false });
    expect(effort()).toBeLessThan(10_000);
  });
});

describe('types and writing', () => {
  const column = (...values: string[]) => `name;x\n${values.map((value) => `"${value}";z`).join('\n')}\n`;

  it.each<[string, string[], string]>([
    ['text', ['a', '1', 'b'], 'text'],
    ['names made of digits', ['007', '0815', '4711'], 'text'],
    ['telephone numbers', ['+43660123', '+49151999'], 'text'],
    ['integer', ['1', '-2', '1.234.567'], 'integer'],
    ['decimal', ['1', '2,5'], 'decimal'],
    ['percent', ['5 %', '7,5%'], 'percent'],
    ['boolean', ['ja', 'Nein', 'JA'], 'boolean'],
    ['time', ['08:15', '23:59:59'], 'time'],
    ['dateTime', ['2024-01-01', '2024-01-01T08:15'], 'dateTime'],
    ['compact date', ['20240131', '20231231'], 'date'],
    ['no compact date', ['20240131', '20240132'], 'integer'],
    ['error', ['#N/A', '#REF!'], 'error'],
    ['nearly all integers', [...Array.from({ length: 19 }, (_, i) => `${i}`), '-'], 'integer'],
    ['half of them integers', ['1', '2', 'x', 'y'], 'text'],
    ['nothing', ['', ' '], 'empty'],
  ])('%s', async (_name, values, type) => {
    expect((await sniffCsv(column(...values), { headerRow: 1 })).columns[0]).toMatchObject({ type });
  });

  it.each<[string | undefined, string[]]>([
    [',', ['1,5', '2,25']],
    ['.', ['1.5', '1,234.5']],
    ['ambiguous', ['1.234', '5.678']],
    [',', ['1.234', '5.678', '1,5']],
    ['ambiguous', ['1.5', '1,5']],
    [undefined, ['1', '2']],
    [undefined, ['a 1,5', 'b', '1,5']],
  ])('decimal separator %s of %j', async (separator, values) => {
    const sniffed = await sniffCsv(column(...values), { headerRow: 1 });
    expect(sniffed.decimalSeparator).toBe(separator);
    expect(sniffed.columns[0]?.decimalSeparator).toBe(separator);
  });

  it.each<[string | undefined, string[], string[]]>([
    ['dmy', ['01.02.2024'], ['dd.MM.yyyy']],
    ['dmy', ['01/02/2024', '31/01/2024'], ['dd/MM/yyyy']],
    ['mdy', ['01/02/2024', '01/31/2024'], ['MM/dd/yyyy']],
    ['ambiguous', ['01/02/2024'], ['MM/dd/yyyy', 'dd/MM/yyyy']],
    ['ambiguous', ['31/01/2024', '01/31/2024'], ['MM/dd/yyyy', 'dd/MM/yyyy']],
    ['ymd', ['2024-02-01', '2024-02-01 08:00'], ['yyyy-MM-dd', 'yyyy-MM-dd HH:mm']],
    ['ymd', ['20240131', '20231231'], ['yyyyMMdd']],
    ['dmy', ['31.01.2024', '2024-02-01'], ['dd.MM.yyyy', 'yyyy-MM-dd']],
    [undefined, ['08:15'], ['HH:mm']],
    [undefined, ['x', 'y', '31.12.2024'], []],
  ])('date order %s of %j', async (order, values, formats) => {
    const sniffed = await sniffCsv(column(...values), { headerRow: 1 });
    expect(sniffed.dateOrder).toBe(order);
    expect(sniffed.dateFormats).toEqual(formats);
  });

  it('lets one column tell how another is meant', async () => {
    const sniffed = await sniffCsv(
      'from;to;made\n01/02/2024;31/12/2024;2024-01-01\n03/02/2024;30/12/2024;2024-01-01\n',
    );
    expect(sniffed.dateOrder).toBe('dmy');
    expect(sniffed.columns.map(({ dateOrder }) => dateOrder)).toEqual(['ambiguous', 'dmy', 'ymd']);
    expect(sniffed.columns[0]?.dateFormats).toEqual(['dd/MM/yyyy']);
  });

  it('asks no text of cells that have a kind', async () => {
    const sniffed = await sniff(new MemoryTable({ one: [['Nr', 'Text'], [1, '1,5'], [2.5, '2,5']] }));
    expect(sniffed.columns[0]).toMatchObject({ type: 'decimal', shares: { integer: 0.5, decimal: 0.5 } });
    expect(sniffed.columns[0]).not.toHaveProperty('decimalSeparator');
    expect(sniffed.columns[1]).toMatchObject({ type: 'decimal', decimalSeparator: ',' });
  }); // prettier-ignore
});

it('says something that goes through JSON, or throws a TabularError, whatever is in the cells', async () => {
  const cell = fc.oneof(
    fc.string({ unit: fc.constantFrom('1', '0', '.', ',', '-', '/', ':', ' ', 'T', '€', '%', 'a', '"', '\n'), maxLength: 12 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
  ); // prettier-ignore
  const grid = fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(grid, async (rows) => {
      const reading = async () => {
        const sniffed = await sniff(new MemoryTable({ one: rows }));
        expect(JSON.parse(JSON.stringify(sniffed))).toEqual(sniffed);
        expect(sniffed.headerConfidence).toBeGreaterThanOrEqual(0.5);
        expect(sniffed.headerConfidence).toBeLessThanOrEqual(1);
        expect(sniffed.firstDataRow).toBeGreaterThan(sniffed.headerRow);
        for (const { shares } of sniffed.rowsSeen > 0 ? sniffed.columns : []) {
          expect(Object.values(shares).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 2);
        }
      };
      const isBlank = rows.every((cells) => cells.every((value) => value.trim() === ''));
      expect(await refusalOf(reading())).toEqual(isBlank ? { code: 'no_data_rows' } : undefined);
    }),
    { numRuns: 250 },
  );
});
