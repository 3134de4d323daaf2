import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS, type TableLimits } from '../limits.js';
import { bytesSource } from '../source/bytes-source.js';
import type { SheetRow } from '../table.js';
import { refusalOf } from '../test-support/refusal.js';
import { WatchedSource } from '../test-support/watched-source.js';
import { BYTE_ORDER_MARK, CsvWriter } from '../writing/csv/write-csv.js';
import { openCsv, type CsvOverrides, type CsvTable } from './open-csv.js';

function open(
  file: string | Uint8Array,
  overrides: CsvOverrides = {},
  limits: Partial<TableLimits> = {},
): Promise<CsvTable> {
  const context = { limits: { ...DEFAULT_LIMITS, ...limits }, temporaryFolder: '' };
  return openCsv(bytesSource(typeof file === 'string' ? Buffer.from(file) : file), context, overrides);
}

async function rowsOf(...file: Parameters<typeof open>): Promise<SheetRow[]> {
  const rows: SheetRow[] = [];
  for await (const batch of (await open(...file)).read()) rows.push(...batch.rows);
  return rows;
}

async function cellsOf(...file: Parameters<typeof open>): Promise<string[][]> {
  return (await rowsOf(...file)).map(({ cells }) => cells);
}

describe('dialect', () => {
  it.each<[string, object]>([
    ['Name;Ort\nMüller;Köln\n', { encoding: 'utf-8', bom: false, delimiter: ';', quote: '"', separatorLine: false }],
    [`${BYTE_ORDER_MARK}a,b\n`, { encoding: 'utf-8', bom: true, delimiter: ',', quote: '"', separatorLine: false }],
    ['sep=|\na|b\n', { encoding: 'utf-8', bom: false, delimiter: '|', quote: '"', separatorLine: true }],
    ["'a';'b'\n'x;y';'2'\n", { encoding: 'utf-8', bom: false, delimiter: ';', quote: "'", separatorLine: false }],
  ])('%j', async (file, csv) => {
    const table = await open(file);
    expect(table).toMatchObject({ format: 'csv', csv, sheets: [{ name: '', hidden: false }], size: Buffer.byteLength(file) });
  }); // prettier-ignore

  it('takes the word of whoever knows better', async () => {
    const overrides = { encoding: 'ISO-8859-1', delimiter: '~', quote: "'" };
    const table = await open(Buffer.from("sep=;\na~'b;ü'", 'latin1'), overrides);
    expect(table.csv).toEqual({ encoding: 'iso-8859-1', bom: false, delimiter: '~', quote: "'", separatorLine: true });
    const file = Buffer.from("sep=;\na~'b;ü'", 'latin1');
    expect(await rowsOf(file, overrides)).toEqual([{ row: 2, cells: ['a', 'b;ü'] }]);
  });
});

describe('rows', () => {
  it.each<[string, string, SheetRow[]]>([
    ['all that hold something, with true numbers', 'Title\n\n;\na;b\n1;;\n"x\ny";2', [
      { row: 1, cells: ['Title'] },
      { row: 4, cells: ['a', 'b'] },
      { row: 5, cells: ['1'] },
      { row: 6, cells: ['x\ny', '2'] },
    ]],
    ['the separator line is a record and no row', 'sep=;\na;b\n', [{ row: 2, cells: ['a', 'b'] }]],
    ['short and long ones as they are', 'a;b;c\n1\n1;2;3;4', [
      { row: 1, cells: ['a', 'b', 'c'] },
      { row: 2, cells: ['1'] },
      { row: 3, cells: ['1', '2', '3', '4'] },
    ]],
    ['white space is something', 'a;b\n ; \n', [{ row: 1, cells: ['a', 'b'] }, { row: 2, cells: [' ', ' '] }]],
    ['every line end, mixed', 'a\n1\r\n2\r3\n\r4', [
      { row: 1, cells: ['a'] },
      { row: 2, cells: ['1'] },
      { row: 3, cells: ['2'] },
      { row: 4, cells: ['3'] },
      { row: 6, cells: ['4'] },
    ]],
    ['line ends in quotes stay', 'a;b\r\n"1\r2";"3\r\n4"\r\n', [
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['1\r2', '3\r\n4'] },
    ]],
    ['CR only', 'a,b\r1,2\r', [{ row: 1, cells: ['a', 'b'] }, { row: 2, cells: ['1', '2'] }]],
    ['NULs', 'a;b\nx\u0000y;2\n', [{ row: 1, cells: ['a', 'b'] }, { row: 2, cells: ['x\u0000y', '2'] }]],
    ['backslashes as they come', 'a,b\n"x\\","y"\n"say \\"hi\\" to",2', [
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['x\\', 'y'] },
      { row: 3, cells: ['say \\"hi\\" to', '2'] },
    ]],
    ['quotes within a cell', 'a;b\n5" long;a "b" c\n6\'2";"q"\n', [
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['5" long', 'a "b" c'] },
      { row: 3, cells: ['6\'2"', 'q'] },
    ]],
    ['a single column', 'E-Mail\r\na@x.at\r\nb@x.at', [
      { row: 1, cells: ['E-Mail'] },
      { row: 2, cells: ['a@x.at'] },
      { row: 3, cells: ['b@x.at'] },
    ]],
    ['brackets', '[Name];{Ort}\n[1];{"x"}', [
      { row: 1, cells: ['[Name]', '{Ort}'] },
      { row: 2, cells: ['[1]', '{"x"}'] },
    ]],
    ['names of JavaScript', '__proto__;constructor\n1;2', [
      { row: 1, cells: ['__proto__', 'constructor'] },
      { row: 2, cells: ['1', '2'] },
    ]],
    ['the guard of a formula is taken off', "a;b\n'=1;'x", [
      { row: 1, cells: ['a', 'b'] },
      { row: 2, cells: ['=1', "'x"] },
    ]],
  ])('%s', async (_name, file, rows) => {
    expect(await rowsOf(file)).toEqual(rows);
  }); // prettier-ignore

  const text = 'Straße;€\nŽižek Œuvre;12 €\n"ä\nö";1\n';
  const latin9 = Buffer.from(
    text.replaceAll('€', '¤').replaceAll('Ž', '´').replaceAll('ž', '¸').replaceAll('Œ', '¼'),
    'latin1',
  );
  const windows = Buffer.from(
    text.replaceAll('€', '\x80').replaceAll('Ž', '\x8e').replaceAll('ž', '\x9e').replaceAll('Œ', '\x8c'),
    'latin1',
  );
  it.each<[string, Buffer]>([
    ['utf-8', Buffer.from(text)],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(text, 'utf16le').swap16()],
    ['utf-32le', Buffer.concat([...text].map((c) => Buffer.from(Uint32Array.of(c.codePointAt(0) ?? 0).buffer)))],
    ['utf-32be', Buffer.concat([...text].map((c) => Buffer.from(Uint32Array.of(c.codePointAt(0) ?? 0).buffer).swap32()))],
    ['windows-1252', windows],
    ['iso-8859-15', latin9],
  ])('reads %s, recognised and told', async (encoding, file) => {
    const expected = [['Straße', '€'], ['Žižek Œuvre', '12 €'], ['ä\nö', '1']];
    expect((await open(file)).csv).toMatchObject({ encoding });
    expect(await cellsOf(file)).toEqual(expected);
    expect(await cellsOf(file, { encoding })).toEqual(expected);
  }); // prettier-ignore

  it('reads two thousand columns', async () => {
    const header = Array.from({ length: 2_000 }, (_, i) => `column with a long name ${i}`);
    expect(await cellsOf(`${header.join(';')}\n${header.join(';')}`)).toEqual([header, header]);
    expect(await cellsOf(Buffer.from(`${header.join('\t')}\n`.repeat(9), 'utf16le'))).toHaveLength(9);
  });

  it('reads the same table again, and beside another reading', async () => {
    const table = await open('a;b\n1;2\n'.repeat(20_000));
    const one = table.read();
    const other = table.read({ sheet: '' });
    const [first, second] = [(await one.next()).value, (await other.next()).value];
    expect(first).toEqual(second);
    await one.return();
    await other.return();
    expect((await table.read().next()).value).toEqual(first);
  });

  it('recognises and reads what the writer writes, any grid', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '1', 'ö', '"', '\n', '\r', ' ', '=', "'", '\uFEFF', '😀'), maxLength: 5 });
    const rows = fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(';', ',', '\t', '|'), fc.boolean(), async (grid, delimiter, withMark) => {
        const all = [['Name', 'City', 'Notes'], ...grid, ['x', 'y', 'z']];
        const text = new CsvWriter({ delimiter }).write(all);
        const filled = all.map((cells, i) => ({ row: i + 1, cells: cells.slice(0, cells.findLastIndex((c) => c !== '') + 1) }));
        expect(await rowsOf(withMark ? text : text.slice(1))).toEqual(filled.filter(({ cells }) => cells.length > 0));
      }),
      { numRuns: 200 },
    );
  }); // prettier-ignore

  it('makes rows or a TabularError of any bytes', async () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: fc.constantFrom('"', ';', ',', '\r', '\n', 'a', ' ', '\0', 'é'), maxLength: 80 }).map((text) => Buffer.from(text, 'latin1'))); // prettier-ignore
    await fc.assert(
      fc.asyncProperty(bytes, async (file) => {
        let last = 0;
        const reading = async () => {
          for (const { row, cells } of await rowsOf(file)) {
            expect(row).toBeGreaterThan(last);
            expect(cells.at(-1)).not.toBe('');
            last = row;
          }
        };
        const refusal = await refusalOf(reading());
        expect(refusal === undefined || typeof refusal['code'] === 'string').toBe(true);
      }),
      { numRuns: 400 },
    );
  });
});

describe('refusals', () => {
  it.each<[string, string | Uint8Array, object, CsvOverrides?, Partial<TableLimits>?]>([
    ['nothing', '', { code: 'file_empty' }],
    ['a byte order mark only', '\uFEFF', { code: 'file_empty' }],
    ['blanks only', ' \r\n\r\n', { code: 'file_empty' }],
    ['bytes that are no text', Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 7) % 32)), { code: 'unsupported_format', format: 'BIN' }],
    ['an object', '{"customers": [1, 2]}', { code: 'unsupported_format', format: 'JSON' }],
    ['objects', '\n[\n  {"name": "Anna"}\n]', { code: 'unsupported_format', format: 'JSON' }],
    ['cards', 'BEGIN:VCARD\r\nVERSION:3.0', { code: 'unsupported_format', format: 'VCARD' }],
    ['NULs only', Buffer.alloc(50_000), { code: 'unsupported_format', format: 'BIN' }],
    ['a quote that is never closed', 'a;b\n1;2\n3;"4\n5;6\n', { code: 'unbalanced_quotes', row: 3 }],
    ['one in the first row', '"a;b\n1;2\n', { code: 'unbalanced_quotes', row: 1 }],
    ['one that a later quote seems to close', 'a;b\n1;"x\n2;"y"\n', { code: 'unbalanced_quotes', row: 2 }],
    ['bytes that are not UTF-8', Buffer.concat([Buffer.from('ä\nö\n'), Buffer.of(0xff)]), { code: 'wrong_encoding', row: 3, encoding: 'utf-8' }],
    ['those in the first row', Buffer.from('Größe', 'latin1'), { code: 'wrong_encoding', row: 1, encoding: 'utf-8' }, { encoding: 'utf-8' }],
    ['half a character of UTF-16', Buffer.from('a\n\ud800x', 'utf16le'), { code: 'wrong_encoding', row: 2, encoding: 'utf-16le' }],
    ['an odd number of bytes of UTF-16', Buffer.from('a\0\n\0b', 'latin1'), { code: 'wrong_encoding', row: 2, encoding: 'utf-16le' }],
    ['what is no character in UTF-32', Buffer.from('a\0\0\0\n\0\0\0b\0\0\0\n\0\0\0\0\xd8\0\0', 'latin1'), { code: 'wrong_encoding', row: 3, encoding: 'utf-32le' }],
    ['an ü of DOS, which Windows does not know', Buffer.from('Name\nM\x81ller', 'latin1'), { code: 'wrong_encoding', row: 2, encoding: 'windows-1252' }],
    ['an encoding that nobody knows', 'a', { code: 'file_unreadable', format: 'CSV', reason: 'unknown encoding ebcdic' }, { encoding: 'ebcdic' }],
    ['too many columns', 'a;b\n1;2;3', { code: 'too_many_columns', row: 2, limit: 2, columns: 3 }, {}, { columns: 2 }],
    ['a long cell', 'a;b\n1;xxxx', { code: 'cell_too_long', row: 2, limit: 3 }, {}, { cellLength: 3 }],
    ['a long quoted cell', `a;b\n1;"${'x'.repeat(99)}"`, { code: 'cell_too_long', row: 2, limit: 3 }, {}, { cellLength: 3 }],
    ['too many rows', 'a\n'.repeat(103), { code: 'too_many_rows', limit: 2, rows: 103 }, {}, { rows: 2 }],
  ])('%s', async (_name, file, refusal, overrides, limits) => {
    expect(await refusalOf(rowsOf(file, overrides, limits))).toEqual(refusal);
  }); // prettier-ignore

  it('does not count empty cells behind the last one as columns', async () => {
    expect(await cellsOf('a;b\n1;2;;;;', {}, { columns: 2 })).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('knows no sheets by name', async () => {
    const table = await open('a;b\n1;2');
    expect(await refusalOf(table.read({ sheet: 'Kunden' }).next())).toEqual({
      code: 'sheet_not_found',
      sheet: 'Kunden',
      sheets: '',
    });
  });

  it('gives out the rows in front of the fault', async () => {
    const table = await open(Buffer.concat([Buffer.from('ä;b\n1;2\n3;'), Buffer.of(0xff), Buffer.from('\n')]));
    const rows: SheetRow[] = [];
    const reading = (async () => {
      for await (const batch of table.read()) rows.push(...batch.rows);
    })();
    expect(await refusalOf(reading)).toMatchObject({ code: 'wrong_encoding', row: 3 });
    expect(rows).toEqual([
      { row: 1, cells: ['ä', 'b'] },
      { row: 2, cells: ['1', '2'] },
    ]);
  });
});

describe('streaming', () => {
  const MEGABYTE = 1024 * 1024;
  const context = { limits: { ...DEFAULT_LIMITS, rows: 1e9 }, temporaryFolder: '' };
  const filled = (start: string, filler: string, end = '', size = 8) => Buffer.concat([Buffer.from(start), Buffer.alloc(size * MEGABYTE, filler), Buffer.from(end)]); // prettier-ignore

  it.each<[string, Buffer, object | undefined]>([
    ['a quote that stays open', filled('a;b\n1;2\n"', 'some text; of a line\n', '', 30), { code: 'unbalanced_quotes', row: 3 }],
    ['one that is closed at the very end', filled('a;b\n1;2\n"', 'some text; of a line\n', '"'), { code: 'cell_too_long', row: 3, limit: 32_767 }],
    ['quotes only', filled('a;b\n', '"'), { code: 'cell_too_long', row: 2, limit: 32_767 }],
    ['quotes that do not close', filled('a;b\n"', '"a'), { code: 'unbalanced_quotes', row: 2 }],
    ['white space behind a quote', filled('a;b\n"x"', ' '), { code: 'unbalanced_quotes', row: 2 }],
    ['a cell without end', filled('a;b\n', 'x'), { code: 'cell_too_long', row: 2, limit: 32_767 }],
    ['a row without end', filled('a;b\n', ';'), { code: 'cell_too_long', row: 2, limit: 32_767 }],
    ['NULs', filled('a;b\n', '\0'), { code: 'unsupported_format', format: 'BIN' }],
    ['line feeds', filled('a;b\n', '\n'), undefined],
    ['CRs', filled('a;b\r', '\r'), undefined],
  ])('megabytes of %s', async (_name, file, refusal) => {
    const before = process.memoryUsage.rss();
    const start = performance.now();
    const reading = async () => {
      const table = await openCsv(bytesSource(file), context);
      for await (const { rows } of table.read()) expect(rows.length).toBeLessThanOrEqual(1_000);
    };
    expect(await refusalOf(reading())).toEqual(refusal);
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(process.memoryUsage.rss() - before).toBeLessThan(200 * MEGABYTE);
  }, 30_000); // prettier-ignore

  it('asks for more only when the rows were taken, and stops when nobody wants more', async () => {
    const source = new WatchedSource(Buffer.alloc(30 * MEGABYTE, 'ä;1\n'));
    const table = await openCsv(source, context);
    const opened = source.bytesRead;
    expect(opened).toBeLessThan(MEGABYTE);
    for await (const { bytesRead } of table.read()) {
      expect(bytesRead).toBe(source.bytesRead - opened);
      expect(bytesRead).toBeLessThanOrEqual(128 * 1024);
      break;
    }
    const stopped = source.bytesRead;
    await table.close();
    expect(source).toMatchObject({ bytesRead: stopped, open: 0, timesClosed: 1 });
  });

  it('stops at once when told to, also in the middle of a read', async () => {
    const source = new WatchedSource(Buffer.alloc(MEGABYTE, 'ä;1\n'));
    const table = await openCsv(source, context);
    const stop = new AbortController();
    const rows = table.read({ signal: stop.signal });
    await rows.next();
    stop.abort(new Error('enough'));
    await expect(rows.next()).rejects.toThrow('enough');
    source.stuckFrom = 0;
    const other = new AbortController();
    const stuck = table.read({ signal: other.signal }).next();
    other.abort(new Error('too long'));
    await expect(stuck).rejects.toThrow('too long');
  });

  it('notices a source that ends before its size', async () => {
    const source = new WatchedSource(Buffer.from('a;b\n1;2\n'), 1_000);
    const table = await openCsv(source, context);
    const reading = (async () => {
      for await (const { rows } of table.read()) expect(rows.length).toBeGreaterThan(0);
    })();
    expect(await refusalOf(reading)).toMatchObject({ code: 'file_unreadable' });
  });
});
