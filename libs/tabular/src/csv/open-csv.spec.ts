import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SheetRow } from '../table.js';
import { cellsOf, openCsvText, rowsOf } from '../test-support/read-csv.js';
import { refusalOf } from '../test-support/refusal.js';
import { BYTE_ORDER_MARK, CsvWriter } from '../writing/csv/write-csv.js';

describe('dialect', () => {
  it.each<[string, object]>([
    ['Name;Ort\nMüller;Köln\n', { encoding: 'utf-8', bom: false, delimiter: ';', quote: '"', separatorLine: false }],
    [`${BYTE_ORDER_MARK}a,b\n`, { encoding: 'utf-8', bom: true, delimiter: ',', quote: '"', separatorLine: false }],
    ['sep=|\na|b\n', { encoding: 'utf-8', bom: false, delimiter: '|', quote: '"', separatorLine: true }],
    ["'a';'b'\n'x;y';'2'\n", { encoding: 'utf-8', bom: false, delimiter: ';', quote: "'", separatorLine: false }],
  ])('%j', async (file, csv) => {
    const table = await openCsvText(file);
    expect(table).toMatchObject({ format: 'csv', csv, sheets: [{ name: '', hidden: false }], size: Buffer.byteLength(file) });
  }); // prettier-ignore

  it('takes the word of whoever knows better', async () => {
    const overrides = { encoding: 'ISO-8859-1', delimiter: '~', quote: "'" };
    const table = await openCsvText(Buffer.from("sep=;\na~'b;ü'", 'latin1'), overrides);
    expect(table.csv).toEqual({ encoding: 'iso-8859-1', bom: false, delimiter: '~', quote: "'", separatorLine: true });
    const file = Buffer.from("sep=;\na~'b;ü'", 'latin1');
    expect(await rowsOf(file, overrides)).toEqual([{ row: 2, cells: ['a', 'b;ü'] }]);
  });

  it.each([
    ['utf-8', 'windows-1252'],
    ['utf16le', 'utf-8'],
  ] as const)('believes a byte order mark of %s more than who says %s', async (written, encoding) => {
    const file = Buffer.from(`${BYTE_ORDER_MARK}Größe;b\n1;ü\n`, written);
    expect(await rowsOf(file, { encoding })).toEqual([
      { row: 1, cells: ['Größe', 'b'] },
      { row: 2, cells: ['1', 'ü'] },
    ]);
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
    ['errors of spreadsheets, unless they are guarded', "a;b;c;d\n#NV;'#NV;#URGENT!;\n#####;\"Err:502\";##;'###", [
      { row: 1, cells: ['a', 'b', 'c', 'd'] },
      { row: 2, cells: ['#NV', '#NV', '#URGENT!'], kinds: ['error', 'text', 'text'] },
      { row: 3, cells: ['#####', 'Err:502', '##', '###'], kinds: ['error', 'error', 'text', 'text'] },
    ]],
    ['errors of spreadsheets in lines without quotes', '#WERT!;b;', [
      { row: 1, cells: ['#WERT!', 'b'], kinds: ['error', 'text'] },
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
    expect((await openCsvText(file)).csv).toMatchObject({ encoding });
    expect(await cellsOf(file)).toEqual(expected);
    expect(await cellsOf(file, { encoding })).toEqual(expected);
  }); // prettier-ignore

  it('reads two thousand columns', async () => {
    const header = Array.from({ length: 2_000 }, (_, i) => `column with a long name ${i}`);
    expect(await cellsOf(`${header.join(';')}\n${header.join(';')}`)).toEqual([header, header]);
    expect(await cellsOf(Buffer.from(`${header.join('\t')}\n`.repeat(9), 'utf16le'))).toHaveLength(9);
  });

  it('reads the same table again, and beside another reading', async () => {
    const table = await openCsvText('a;b\n1;2\n'.repeat(20_000));
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
