import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TableRow } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { readCsv, type ReadCsvOptions } from './read-csv.js';
import { BYTE_ORDER_MARK, CsvWriter, formatCsvRow } from '../writing/csv/write-csv.js';

const LIMITS = { rows: 1_000, columns: 20, cellLength: 1_000 };

async function* pieces(file: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  let from = 0;
  for (const cut of [...cuts, file.length].sort((a, b) => a - b)) {
    const to = Math.min(Math.max(cut, from), file.length);
    // A copy that is wiped afterwards: readers of files use their buffers again.
    const piece = new Uint8Array(file.subarray(from, to));
    yield piece;
    piece.fill(0x3f);
    from = to;
  }
}

async function readAll(
  file: string | Uint8Array,
  options: Partial<ReadCsvOptions> = {},
  cuts: readonly number[] = [],
): Promise<TableRow[]> {
  const source = pieces(typeof file === 'string' ? Buffer.from(file) : file, cuts);
  const rows: TableRow[] = [];
  for await (const batch of readCsv(source, { encoding: 'utf-8', delimiter: ';', limits: LIMITS, ...options })) {
    rows.push(...batch.rows);
  }
  return rows;
}

async function errorOf(reading: Promise<unknown>): Promise<Pick<TabularError, 'code' | 'params'>> {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof TabularError)) throw new Error(`expected a TabularError, got ${String(error)}`);
  return { code: error.code, params: error.params };
}

/** Texts that are dear to CSV: quotes, line ends, delimiters, formulas, characters of 1 to 4 bytes. */
const nasty = fc.string({
  unit: fc.constantFrom('a', '0', ' ', '"', "'", ';', ',', '\r', '\n', '\t', '=', '+', '-', '@', 'ä', '€', '😀', '\uFEFF', '\u0000', 'e\u0301', '\u00a0'),
  maxLength: 6,
}); // prettier-ignore
const cell = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 12 }));
const grid = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));

describe('what is written is read back', () => {
  it.each([';', ',', '\t', '|'])('any grid, cut anywhere, delimiter %j', async (delimiter) => {
    await fc.assert(
      fc.asyncProperty(grid, fc.array(fc.nat(400)), fc.boolean(), async (cells, cuts, withMark) => {
        const width = cells[0]?.length ?? 0;
        const header = Array.from({ length: width }, (_, i) => `column ${i}`);
        const writer = new CsvWriter({ delimiter });
        const text = writer.write([header, ...cells]);
        const file = Buffer.from(withMark ? text : text.replace(BYTE_ORDER_MARK, ''));
        const expected = cells
          .map((row, i) => ({ row: i + 2, cells: row }))
          .filter((row) => row.cells.some((value) => value.trim() !== ''));
        fc.pre(expected.length > 0);
        expect(await readAll(file, { delimiter }, cuts)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('cut after every byte', async () => {
    const cells = ['Käthe "K" 😀', 'a;b\r\nc', "'=1", '=1', ' ', '\r', 'x\r'];
    const file = Buffer.from(
      formatCsvRow([...'abcdefg'], { delimiter: ';' }) + formatCsvRow(cells, { delimiter: ';' }),
    );
    const everywhere = Array.from(file, (_, i) => i);
    expect(await readAll(file, {}, everywhere)).toEqual([{ row: 2, cells }]);
  });

  it.each(['utf-16le', 'utf-16be'] as const)(
    '%s with its byte order mark, cut in the middle of characters',
    async (encoding) => {
      const file = Buffer.from(`${BYTE_ORDER_MARK}n;m\r\n😀ü;"x\n😀"\r\n`, 'utf16le');
      if (encoding === 'utf-16be') file.swap16();
      const everywhere = Array.from(file, (_, i) => i);
      expect(await readAll(file, { encoding }, everywhere)).toEqual([{ row: 2, cells: ['😀ü', 'x\n😀'] }]);
    },
  );

  it.each([
    ['windows-1252', [0x80, 0x92, 0xe4], '€’ä'],
    ['iso-8859-1', [0x80, 0xe4], '€ä'],
    ['iso-8859-15', [0xa4, 0xe4], '€ä'],
  ] as const)('%s', async (encoding, bytes, text) => {
    const file = Buffer.concat([Buffer.from('n\n'), Buffer.from(bytes)]);
    expect(await readAll(file, { encoding })).toEqual([{ row: 2, cells: [text] }]);
  });
});

describe('records and rows', () => {
  it.each([
    ['LF', 'a;b\n1;2\n3;4\n'],
    ['CRLF', 'a;b\r\n1;2\r\n3;4\r\n'],
    ['CR', 'a;b\r1;2\r3;4\r'],
    ['CRLF after LF', 'a;b\n1;2\r\n3;4\n'],
    ['LF after CRLF', 'a;b\r\n1;2\n3;4\n'],
    ['LF after CR', 'a;b\r1;2\n3;4'],
    ['no line end at the end', 'a;b\r\n1;2\r\n3;4'],
    ['a CR at the end', 'a;b\r\n1;2\r\n3;4\r'],
    ['all cells quoted', '"a";"b"\r\n"1";"2"\r\n"3";"4"'],
    ['white space behind quotes', '"a" ;"b"  \r\n"1"\t;"2" \r\n"3";"4" '],
  ])('%s', async (_name, file) => {
    const expected = [
      { row: 2, cells: ['1', '2'] },
      { row: 3, cells: ['3', '4'] },
    ];
    expect(await readAll(file)).toEqual(expected);
    expect(
      await readAll(
        file,
        {},
        Array.from(file, (_, i) => i),
      ),
    ).toEqual(expected);
  });

  it('numbers records, blank ones included, and gives out those that are not blank', async () => {
    const rows = await readAll('a;b\n\n1;2\n;\n  ; \n"x\ny";3\n\n4;5');
    expect(rows.map(({ row }) => row)).toEqual([3, 6, 8]);
  });

  it('passes over what stands above the header', async () => {
    expect(await readAll('sep=;\nTitle\n\na;b\n1;2', { headerRow: 4 })).toEqual([{ row: 5, cells: ['1', '2'] }]);
  });

  it('fills short rows up, and says when a long one has more than blanks', async () => {
    expect(await readAll('a;b;c\n1\n1;2;3;; \n1;2;3;4')).toEqual([
      { row: 2, cells: ['1', '', ''] },
      { row: 3, cells: ['1', '2', '3'] },
      { row: 4, cells: ['1', '2', '3'], extraCells: true },
    ]);
  });

  it('takes a quote inside of a cell as a character', async () => {
    expect(await readAll('a;b\n3" pipe;5\n"Hotel "Post" KG";6')).toEqual([
      { row: 2, cells: ['3" pipe', '5'] },
      { row: 3, cells: ['Hotel "Post" KG', '6'] },
    ]);
  });

  it.each([
    ["'=1", '=1'],
    ["'+43 1", '+43 1'],
    ["''x", "'x"],
    ["'x", "'x"],
    ["'", "'"],
    ["'t Hooft", "'t Hooft"],
    ["=1", '=1'], // prettier-ignore
  ])('reads %s as %s', async (written, read) => {
    expect(await readAll(`a\n${written}`)).toEqual([{ row: 2, cells: [read] }]);
  });

  it('ends a record with a lone CR too, as spreadsheets do', async () => {
    expect(await readAll('a;b\n1;x\r2;y\r\n3;"z\r"\n')).toEqual([
      { row: 2, cells: ['1', 'x'] },
      { row: 3, cells: ['2', 'y'] },
      { row: 4, cells: ['3', 'z\r'] },
    ]);
  });

  it('lets a NUL through', async () => {
    expect(await readAll('a\nx\u0000y')).toEqual([{ row: 2, cells: ['x\u0000y'] }]);
  });

  it('keeps a byte order mark that is not at the beginning of the file', async () => {
    expect(await readAll('a;b\n\uFEFFx;1\n\uFEFF"y";2', {}, [4])).toEqual([
      { row: 2, cells: ['\uFEFFx', '1'] },
      { row: 3, cells: ['\uFEFF"y"', '2'] },
    ]);
  });
});

describe('refusals', () => {
  it.each<[string, string, Partial<ReadCsvOptions>, TabularError['code'], Record<string, number>]>([
    ['a quote never closed', 'a;b\n1;2\n3;"4\n5;6\n', {}, 'unbalanced_quotes', { row: 3 }],
    ['one in the header', 'a;"b\n1;2\n', {}, 'unbalanced_quotes', { row: 1 }],
    ['one that a later quote seems to close', 'a;b\n1;"x\n2;"y"\n', {}, 'unbalanced_quotes', { row: 2 }],
    ['header only', 'a;b\n', {}, 'no_data_rows', {}],
    ['header and blank rows', 'a;b\n;\n\n', {}, 'no_data_rows', {}],
    ['nothing', '', {}, 'no_data_rows', {}],
    ['too many rows', 'a\n1\n\n2\n3\n', { limits: { ...LIMITS, rows: 2 } }, 'too_many_rows', { limit: 2, rows: 3 }],
    ['too many columns', 'a\n1;2;3\n', { limits: { ...LIMITS, columns: 2 } }, 'too_many_columns', { row: 2, limit: 2 }],
    ['a long cell', 'a\nxxxx\n', { limits: { ...LIMITS, cellLength: 3 } }, 'cell_too_long', { row: 2, limit: 3 }],
    ['a long quoted cell', `a\n"${'x'.repeat(99)}"\n`, { limits: { ...LIMITS, cellLength: 3 } }, 'cell_too_long', { row: 2, limit: 3 }],
  ])('%s', async (_name, file, options, code, params) => {
    expect(await errorOf(readAll(file, options))).toEqual({ code, params });
    expect(await errorOf(readAll(file, options, Array.from(file, (_, i) => i)))).toEqual({ code, params });
  }); // prettier-ignore

  it('takes exactly as many rows as allowed', async () => {
    expect(await readAll('a\n1\n\n2\n', { limits: { ...LIMITS, rows: 2 } })).toHaveLength(2);
  });

  it.each([
    ['utf-8', Buffer.from([0xff]), 3],
    ['utf-8', Buffer.from([0xc3, 0x28]), 3],
    ['utf-8', Buffer.from([0xed, 0xa0, 0x80]), 3],
    ['utf-8', Buffer.from([0xc3]), 3],
  ])('bytes that are not %s: %j', async (encoding, bytes, row) => {
    const file = Buffer.concat([Buffer.from('a\n"ä\nö"\n'), bytes]);
    const wrong = { code: 'wrong_encoding', params: { row, encoding } };
    expect(await errorOf(readAll(file, { encoding }))).toEqual(wrong);
    expect(
      await errorOf(
        readAll(
          file,
          { encoding },
          Array.from(file, (_, i) => i),
        ),
      ),
    ).toEqual(wrong);
  });

  it('half a character of UTF-16', async () => {
    const file = Buffer.from('a\n\ud800x', 'utf16le');
    const wrong = { code: 'wrong_encoding', params: { row: 2, encoding: 'utf-16le' } };
    expect(await errorOf(readAll(file, { encoding: 'utf-16le' }))).toEqual(wrong);
  });

  it('an encoding that nobody knows', async () => {
    expect((await errorOf(readAll('a\n1', { encoding: 'ebcdic' }))).code).toBe('file_unreadable');
  });
});

describe('streaming', () => {
  /** `size` bytes that begin with `start` and go on with `filler`, in pieces, counting those that were asked for. */
  function endless(
    start: string,
    filler: string,
    size: number,
  ): { source: AsyncIterable<Uint8Array>; asked: () => number } {
    const block = Buffer.from(filler.repeat(Math.ceil(65_536 / filler.length)));
    let asked = 0;
    async function* source(): AsyncGenerator<Uint8Array> {
      yield Buffer.from(start);
      for (let sent = 0; sent < size; sent += block.length) {
        asked += block.length;
        yield block;
      }
    }
    return { source: source(), asked: () => asked };
  }

  const options = { encoding: 'utf-8', delimiter: ';', limits: { rows: 100, columns: 50, cellLength: 32_768 } };
  const consume = async (source: AsyncIterable<Uint8Array>) => {
    for await (const batch of readCsv(source, options)) expect(batch.rows.length).toBeGreaterThan(0);
  };

  it.each([
    ['a quote that stays open', 'a;b\n1;2\n"', 'some text; of a line\n', 'unbalanced_quotes', 3],
    ['a quote that stays open, other quotes in it doubled', 'a;b\n"', '""', 'unbalanced_quotes', 2],
    ['white space behind a quote', 'a;b\n"x"', ' ', 'unbalanced_quotes', 2],
  ])('reads 32 MB of %s in linear time and small memory', async (_name, start, filler, code, row) => {
    const before = process.memoryUsage().rss;
    const { source } = endless(start, filler, 32 * 1024 * 1024);
    expect(await errorOf(consume(source))).toEqual({ code, params: { row } });
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  }, 30_000); // prettier-ignore

  it.each([
    ['one cell without end', 'a;b\n', 'x', 'cell_too_long'],
    ['one record without end', 'a;b\n', 'x;', 'cell_too_long'],
    ['one record of quoted cells without end', 'a;b\n', '"x";', 'cell_too_long'],
  ])('gives up early on %s', async (_name, start, filler, code) => {
    const { source, asked } = endless(start, filler, 32 * 1024 * 1024);
    expect((await errorOf(consume(source))).code).toBe(code);
    expect(asked()).toBeLessThan(8 * 1024 * 1024);
  });

  it('asks for more only when the rows were taken, and closes the source when nobody wants more', async () => {
    const { source, asked } = endless('a;b\n', '1;2\n', 32 * 1024 * 1024);
    let closed = false;
    async function* watched(): AsyncGenerator<Uint8Array> {
      try {
        yield* source;
      } finally {
        closed = true;
      }
    }
    const limits = { ...options.limits, rows: 1e9 };
    for await (const { rows, bytesRead } of readCsv(watched(), { ...options, limits })) {
      expect(rows[0]).toEqual({ row: 2, cells: ['1', '2'] });
      expect(bytesRead).toBeLessThanOrEqual(asked() + 4);
      break;
    }
    expect(asked()).toBeLessThanOrEqual(2 * 65_536);
    expect(closed).toBe(true);
  });

  it('stops when told to', async () => {
    const { source } = endless('a;b\n', '1;2\n', 32 * 1024 * 1024);
    const stop = new AbortController();
    const limits = { ...options.limits, rows: 1e9 };
    const reading = (async () => {
      for await (const batch of readCsv(source, { ...options, limits, signal: stop.signal })) {
        if (batch.rows.length > 0) stop.abort(new Error('enough'));
      }
    })();
    await expect(reading).rejects.toThrow('enough');
  });
});
