import { describe, expect, it } from 'vitest';
import { BYTE_ORDER_MARK, CsvWriter, delimiterOf, formatCsvRow } from './write-csv.js';

describe('formatCsvRow', () => {
  it.each([
    [['a', 'b'], 'a;b\r\n'],
    [['', ''], ';\r\n'],
    [['007', '1,5'], '007;1,5\r\n'],
    [['a;b', 'say "hi"', 'x\ny'], '"a;b";"say ""hi""";"x\ny"\r\n'],
    [[' blank ', 'x'], '" blank ";x\r\n'],
    [['=1+1', '+43 1', '-5', '@x', "'x"], "'=1+1;'+43 1;'-5;'@x;''x\r\n"],
    [['\tx', '\rx'], '\'\tx;"\'\rx"\r\n'],
    [['=a;b'], '"\'=a;b"\r\n'],
    [['#N/A', '#1', "'#N/A"], "'#N/A;#1;''#N/A\r\n"],
  ])('%j', (cells, line) => {
    expect(formatCsvRow(cells, { delimiter: ';' })).toBe(line);
  });
});

it('leaves formulas alone when told to', () => {
  expect(formatCsvRow(['=1', '+43 1'], { delimiter: ';', guardFormulas: false })).toBe('=1;+43 1\r\n');
});

describe('CsvWriter', () => {
  it('puts the byte order mark once, at the beginning', () => {
    const writer = new CsvWriter({ delimiter: delimiterOf('en') });
    expect(writer.write([['a', 'b']]) + writer.write([['1', '2']])).toBe(`${BYTE_ORDER_MARK}a,b\r\n1,2\r\n`);
  });

  it('writes the delimiter that spreadsheets of the language expect', () => {
    expect(delimiterOf('de')).toBe(';');
    expect(delimiterOf('en')).toBe(',');
  });
});
