import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';
import type { CellValue, FieldType } from '../schema/field-schema.js';
import { aField, customerField, read } from '../test-support/read-cell.js';
import type { CellKind } from './cell-result.js';
import { compileColumn, parseCell } from './compile-column.js';

describe('text', () => {
  it.each(['a', ' a ', '007', 'Zeile 1\r\nZeile 2', '👩‍🍳 "x"; \t', "=1+1", 'e\u0301', 'ﬁ', '\u00a0x', '__proto__'])(
    'arrives unchanged: %j',
    (text) => {
      expect(read('text', text)).toBe(text);
      expect(read('multiline', text)).toBe(text);
    },
  ); // prettier-ignore

  it('any well-formed text without NUL arrives unchanged, or is empty', () => {
    const parse = compileColumn(aField('text'));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(!text.includes('\u0000'));
        expect(parse(text)).toEqual({ ok: true, value: text.trim() === '' ? null : text });
      }),
    );
  });

  it.each(['', ' ', '\t\r\n', '\u00a0', '\u2003 \u3000', '\ufeff'])('%j is empty', (text) => {
    for (const { id } of CUSTOMER.fields) expect(read(customerField(id), text)).toBeNull();
  });

  it('is trimmed when asked', () => {
    expect(read('text', ' a b ', {}, { trim: true })).toBe('a b');
  });

  it.each([
    ['x\u0000y', 'nul'],
    ['\ud83d', 'surrogate'],
    ['a\udc00b', 'surrogate'],
  ])('refuses %j', (text, character) => {
    for (const { id } of CUSTOMER.fields) {
      const problem = { code: 'invalid_character', field: id, params: { character } };
      expect(parseCell(customerField(id), text)).toEqual({ ok: false, problem });
    }
  });
});

describe('length', () => {
  const limited = aField('text', { maxLength: 10 });
  it.each<[string, string, boolean]>([
    ['ten letters', 'x'.repeat(10), true],
    ['eleven', 'x'.repeat(11), false],
    ['ten emoji', '😀'.repeat(10), true],
    ['eleven emoji', '😀'.repeat(11), false],
    ['ten decomposed letters, which are ten after NFC', 'e\u0301'.repeat(10), true],
    ['eleven of them', 'e\u0301'.repeat(11), false],
    ['five of U+1D160, which NFC makes fifteen', '\u{1d160}'.repeat(5), false],
  ])('%s', (_name, text, fits) => {
    expect(read(limited, text)).toBe(fits ? text : '!too_long');
  });

  it('says limit and length', () => {
    const problem = { code: 'too_long', field: 'x', params: { limit: 10, length: 12 } };
    expect(parseCell(limited, '😀'.repeat(12))).toEqual({ ok: false, problem });
  });

  it('is that of the code points after NFC, for any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'e\u0301', '😀', '\u{1d160}', 'ä', '\u0344'), maxLength: 8 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 12 }), (value, maxLength) => {
        fc.pre(value !== '');
        const fits = [...value.normalize('NFC')].length <= maxLength;
        expect(read(aField('text', { maxLength }), value)).toBe(fits ? value : '!too_long');
      }),
      { numRuns: 500 },
    );
  });
});

describe('identifier and id', () => {
  it.each(['007', '0010-A7', '{x}.y_z', '12345678901234567890', '1E5'])('keeps %s as it is', (text) => {
    expect(read(customerField('externalId'), text)).toBe(text);
    expect(read(customerField('externalId'), ` ${text}\t`)).toBe(text);
  });

  it.each(['a b', 'ä', 'a/b', 'a,b', '#1'])('refuses %s', (text) => {
    expect(read(customerField('externalId'), text)).toBe('!invalid_value');
  });

  it('reads an id with dashes and capitals', () => {
    expect(read('recordId', '0193D2A1-C4F0-7B6E-8A1F-2C3D4E5F6071')).toBe('0193d2a1c4f07b6e8a1f2c3d4e5f6071');
    expect(read('recordId', '0193d2a1c4f07b6e8a1f2c3d4e5f6071')).toBe('0193d2a1c4f07b6e8a1f2c3d4e5f6071');
    expect(read('recordId', '4711')).toBe('!unknown_id');
  });
});

describe('addresses', () => {
  it.each<[FieldType, string, boolean]>([
    ['email', 'a@b.at', true],
    ['email', "o'brien+x@mail.example.com", true],
    ['email', 'jörg@müller.de', true],
    ['email', 'a@b', false],
    ['email', '@b.at', false],
    ['email', 'a@@b.at', false],
    ['email', 'a@b.at; c@d.at', false],
    ['email', 'A <a@b.at>', false],
    ['email', 'a@b..at', false],
    ['phone', '+43 (316) 8050-0/12', true],
    ['phone', '0664 x', false],
    ['link', 'www.example.com', true],
    ['link', 'https://example.com/a?b=c', true],
    ['link', 'example.com:8080', true],
    ['link', 'JavaScript:alert(1)', false],
    ['link', 'ftp://example.com', false],
    ['link', 'a b', false],
  ])('%s %s: %s', (type, text, good) => {
    expect(read(type, text)).toBe(good ? text : '!invalid_value');
  });
});

describe('what a spreadsheet says about a cell', () => {
  const german = { decimalSeparator: ',', dateFormat: 'dd.MM.yyyy' } as const;
  it.each<[FieldType, string, CellKind, CellValue]>([
    ['number', '1.234', 'text', 1234],
    ['number', '1.234', 'number', 1.234],
    ['number', '0.25', 'percent', 0.25],
    ['integer', '1067', 'number', 1067],
    ['integer', '1.5', 'number', '!invalid_value'],
    ['date', '2026-12-31', 'date', '2026-12-31'],
    ['date', '2026-12-31T00:00:00', 'dateTime', '2026-12-31'],
    ['dateTime', '2026-12-31T08:30:00', 'dateTime', '2026-12-31T08:30:00'],
    ['date', '46387', 'number', '!invalid_value'],
    ['yesNo', 'TRUE', 'boolean', true],
    ['yesNo', '0', 'number', false],
    ['text', '1067', 'number', '1067'],
    ['text', '08:30:00', 'time', '08:30:00'],
    ['text', '#N/A', 'text', '#N/A'],
    ['text', '#N/A', 'error', '!error_cell'],
    ['number', '#REF!', 'error', '!error_cell'],
  ])('%s %j of kind %s', (type, text, kind, expected) => {
    const result = compileColumn(aField(type), german)(text, kind);
    expect(result.ok ? result.value : `!${result.problem.code}`).toBe(expected);
  });

  it('an error stays one, whatever the value map makes of its text', () => {
    const valueMap = new Map([['#N/A', '']]);
    const problem = { code: 'error_cell', field: 'x', params: { value: '#N/A' } };
    expect(compileColumn(aField('text'), {}, { valueMap })('#N/A', 'error')).toEqual({ ok: false, problem });
  });
});

describe('value map', () => {
  it.each<[string, CellValue]>([
    ['gesperrt', true],
    ['__proto__', true],
    ['constructor', false],
    ['toString', '!invalid_value'],
    ['nein', false],
    ['', true],
  ])('%j is %s', (text, expected) => {
    const valueMap = new Map([
      ['gesperrt', 'ja'],
      ['__proto__', 'ja'],
      ['constructor', 'nein'],
      ['', 'ja'],
    ]);
    expect(read('yesNo', text, {}, { valueMap })).toBe(expected);
  });

  it('can make a value empty, and is asked once', () => {
    const valueMap = new Map([
      ['n/a', ''],
      ['a', 'b'],
      ['b', 'c'],
    ]);
    expect(read('text', 'n/a', {}, { valueMap })).toBeNull();
    expect(read('text', 'a', {}, { valueMap })).toBe('b');
    expect(read('text', ' a ', {}, { valueMap, trim: true })).toBe('b');
  });
});

it('never throws and is the same each time, whatever the text', () => {
  const parsers = CUSTOMER.fields.map((schema) => compileColumn(schema, { timeZone: 'Europe/Vienna' }));
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...'0123456789.,-+:/ TZeE@ampAMP\u0000\ud800') }));
  fc.assert(
    fc.property(text, (value) => {
      for (const parse of parsers) expect(parse(value)).toEqual(parse(value));
    }),
    { numRuns: 1_000 },
  );
}); // prettier-ignore

it('takes no longer for hostile texts than for their length', () => {
  const parsers = CUSTOMER.fields.map((schema) => compileColumn(schema));
  const hostile = [
    '1'.repeat(32_000),
    `${'a.'.repeat(16_000)}@`,
    '@'.repeat(32_000),
    `${' '.repeat(32_000)}x`,
    ':'.repeat(32_000),
  ];
  // Of this thread: what others do on the machine does not count.
  const before = process.threadCpuUsage();
  for (const text of hostile) for (const parse of parsers) expect(parse(text)).toHaveProperty('ok');
  expect(process.threadCpuUsage(before).user).toBeLessThan(5_000_000);
});
