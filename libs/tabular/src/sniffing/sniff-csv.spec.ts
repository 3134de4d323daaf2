import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvWriter } from '../writing/csv/write-csv.js';
import { TabularError } from '../tabular-error.js';
import { sniffCsv, type SniffCsvOptions } from './sniff-csv.js';

const WHOLE = { isWholeFile: true };

function sniff(file: string | Uint8Array, options: SniffCsvOptions = WHOLE): ReturnType<typeof sniffCsv> {
  return sniffCsv(typeof file === 'string' ? Buffer.from(file) : file, options);
}

function refusal(file: string | Uint8Array, options: SniffCsvOptions = WHOLE): unknown {
  try {
    return sniff(file, options);
  } catch (error) {
    if (!(error instanceof TabularError)) throw error;
    return { code: error.code, ...error.params };
  }
}

function bigEndian(text: string): Buffer {
  return Buffer.from(text, 'utf16le').swap16();
}

describe('encoding', () => {
  const text = 'Name;Ort\r\nMüller;Köln\r\n';
  it.each([
    ['utf-8', false, Buffer.from(text)],
    ['utf-8', true, Buffer.from(`\uFEFF${text}`)],
    ['utf-8', false, Buffer.from('Name;Ort\r\nMueller;Linz\r\n')],
    ['utf-16le', true, Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16be', true, bigEndian(`\uFEFF${text}`)],
    ['utf-16le', false, Buffer.from(text, 'utf16le')],
    ['utf-16be', false, bigEndian(text)],
    ['windows-1252', false, Buffer.from(text, 'latin1')],
    ['windows-1252', false, Buffer.from([...Buffer.from('Name;Preis\r\nM'), 0xfc, 0x3b, 0x80, 0x31, 0x0a])],
    ['iso-8859-15', false, Buffer.from([...Buffer.from('Name;Preis\r\nM'), 0xfc, 0x3b, 0xa4, 0x31, 0x0a])],
  ])('%s, byte order mark %s', (encoding, bom, file) => {
    expect(sniff(file)).toMatchObject({ encoding, bom, delimiter: ';' });
  });

  it('is not misled by a head that ends within a character', () => {
    const head = Buffer.from('Name\nx\nGröße').subarray(0, 'Name\nx\nGr'.length + 1);
    expect(sniff(head, { isWholeFile: false })).toMatchObject({ encoding: 'utf-8', columns: ['Name'] });
  });

  it('takes the word of whoever knows better', () => {
    const file = Buffer.from(text, 'latin1');
    expect(sniff(file, { ...WHOLE, encoding: 'iso-8859-1' })).toMatchObject({
      encoding: 'iso-8859-1',
      columns: ['Name', 'Ort'],
    });
    expect(refusal(Buffer.from([0xff, 0xff]), { ...WHOLE, encoding: 'utf-8' })).toEqual({
      code: 'wrong_encoding',
      row: 1,
      encoding: 'utf-8',
    });
  });
});

describe('delimiter, quote and header', () => {
  it.each([
    [';', 'a;b,c;d\n1;2,5;3\n4;5,5;6'],
    [',', 'a,b,c\n"x;y;z;u",2,3\n4,5,6'],
    ['\t', 'a\tb\n1,2;3\t4\n'],
    ['|', 'a|b\n1|2\n'],
    [',', 'a\n1\n2\n'],
    [';', 'Umsatz;Ort\n1.000,00;Wien, AT\n2.000,00;Graz\n3,5;Linz'],
    [';', '"a";"b"\n"x,y\nz";"1"\n"u,v";"2"'],
    [';', 'sep=;\na,b;c,d\n1,2;3,4\n'],
  ])('%j', (delimiter, file) => {
    expect(sniff(file).delimiter).toBe(delimiter);
  });

  it.each<[string, number, string[]]>([
    ['a;b\n1;2', 1, ['a', 'b']],
    ['\n;\na;b\n1;2', 3, ['a', 'b']],
    ['sep=;\na;b\n1;2', 2, ['a', 'b']],
    ['Customers of 2026;;;\n\nRep;Name;City;Notes\n1;2;3;4', 3, ['Rep', 'Name', 'City', 'Notes']],
    ['"a;b";"c ""d"""\n1;2', 1, ['a;b', 'c "d"']],
    ['__proto__;constructor\n1;2', 1, ['__proto__', 'constructor']],
    ["'=a;b\n1;2", 1, ['=a', 'b']],
  ])('%j: header in record %d', (file, headerRow, columns) => {
    expect(sniff(file)).toMatchObject({ headerRow, columns, quote: '"' });
  });

  it('reads a file whose cells stand in apostrophes', () => {
    expect(sniff("'a';'b'\n'x;y';'2'\n")).toMatchObject({ quote: "'", delimiter: ';', columns: ['a', 'b'] });
    expect(sniff("'a;b\n1;2\n").quote).toBe('"');
  });

  it('takes delimiter and header from whoever knows better', () => {
    const options = { ...WHOLE, delimiter: ',', headerRow: 2 };
    expect(sniff('x;y\na,b;c\n1,2;3', options)).toMatchObject({ delimiter: ',', headerRow: 2, columns: ['a', 'b;c'] });
  });

  it('sees only whole records of a head', () => {
    expect(sniff('a;b\n1;2\n3', { isWholeFile: false })).toMatchObject({ delimiter: ';', columns: ['a', 'b'] });
    expect(refusal('a;b', { isWholeFile: false })).toEqual({ code: 'cell_too_long', row: 1, limit: 3 });
  });

  it('recognises what the writer writes', () => {
    const cell = fc.string({ unit: fc.constantFrom('a', 'ö', '"', '\n', ' ', '='), maxLength: 5 });
    const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, fc.constantFrom(';', ',', '\t', '|'), (grid, delimiter) => {
        const text = new CsvWriter({ delimiter }).write([['Name', 'City', 'Notes'], ...grid, ['x', 'y', 'z']]);
        const expected = { encoding: 'utf-8', bom: true, delimiter, headerRow: 1, columns: ['Name', 'City', 'Notes'] };
        expect(sniff(text)).toMatchObject(expected);
      }),
    );
  });
});

describe('refusals', () => {
  const zip = (...names: string[]) => Buffer.concat([Buffer.from([0x50, 0x4b, 3, 4]), Buffer.from(names.join('\0'))]);
  it.each<[string, Uint8Array | string]>([
    ['XLSX', zip('[Content_Types].xml', 'xl/workbook.xml')],
    ['ODS', zip('mimetypeapplication/vnd.oasis.opendocument.spreadsheet')],
    ['DOCX', zip('[Content_Types].xml', 'word/document.xml')],
    ['ZIP', zip('customers.csv')],
    ['XLS', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])],
    ['XLSX (password)', Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')])],
    ['PDF', '%PDF-1.7\n'],
    ['HTML', '\uFEFF \n<!DOCTYPE html><html>'],
    ['HTML', '<table><tr><td>Name</td></tr></table>'],
    ['XML', '<?xml version="1.0"?><a/>'],
    ['GZIP', Buffer.from([0x1f, 0x8b, 8])],
    ['BIN', Buffer.from(Array.from({ length: 400 }, (_, i) => (i * 7) % 32))],
  ])('%s is no CSV, whatever its name says', (format, file) => {
    expect(refusal(file)).toEqual({ code: 'unsupported_format', format });
  }); // prettier-ignore

  it.each<[string, string, string]>([
    ['nothing at all', '', 'file_empty'],
    ['only a byte order mark', '\uFEFF', 'file_empty'],
    ['only blanks', ' \r\n\r\n', 'file_empty'],
    ['only a header', 'a;b\r\n', 'no_data_rows'],
    ['a header and blank rows', 'a;b\r\n;\r\n\r\n', 'no_data_rows'],
    ['a header that never ends', '"a;b\n1;2\n', 'unbalanced_quotes'],
  ])('%s', (_name, file, code) => {
    expect(refusal(file)).toMatchObject({ code });
  });

  it('leaves a quote that is never closed to the reader, who knows its row', () => {
    expect(sniff('a;b\n"1;2\n')).toMatchObject({ columns: ['a', 'b'] });
  });

  it('does not mind a stray NUL', () => {
    expect(sniff('a;b\n1\u0000;2\n')).toMatchObject({ columns: ['a', 'b'] });
  });

  it('throws nothing but its own errors, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, isWholeFile) => {
        expect(() => refusal(bytes, { isWholeFile })).not.toThrow();
      }),
      { numRuns: 2_000 },
    );
  });
});
