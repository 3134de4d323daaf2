import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CUSTOMER } from '../schema/customer.js';
import { field } from '../schema/define-field.js';
import { fieldOf, type CellValue, type FieldSchema, type FieldType } from '../schema/field-schema.js';
import type { CellKind, CellOptions, SourceFormat } from './cell-result.js';
import { compileColumn, parseCell } from './compile-column.js';

function aField(type: FieldType, more: Partial<FieldSchema> = {}): FieldSchema {
  return { ...field('x', type, ['X', 'X'], { description: ['', ''], example: '', synonyms: [] }), ...more };
}

function customerField(id: string): FieldSchema {
  const found = fieldOf(CUSTOMER, id);
  if (!found) throw new Error(`no field ${id}`);
  return found;
}

/** The value, or the code of the problem with a `!` in front. */
function read(type: FieldType | FieldSchema, text: string, source?: SourceFormat, options?: CellOptions): CellValue {
  const result = parseCell(typeof type === 'string' ? aField(type) : type, text, source, options);
  return result.ok ? result.value : `!${result.problem.code}`;
}

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

describe('numbers', () => {
  it.each<[string, SourceFormat['decimalSeparator'], number | undefined]>([
    ['0', undefined, 0],
    ['007', undefined, 7],
    ['-5', undefined, -5],
    ['+5', undefined, 5],
    ['\u22125', undefined, -5],
    ['1.5', undefined, 1.5],
    ['1,5', undefined, 1.5],
    ['48.208', undefined, 48.208],
    ['48,208', undefined, 48.208],
    ['1.234,5', undefined, 1234.5],
    ['1,234.5', undefined, 1234.5],
    ['1.234.567', undefined, 1_234_567],
    ['1.234', ',', 1234],
    ['1.234', '.', 1.234],
    ['1,234', '.', 1234],
    ['1 234,5', ',', 1234.5],
    ["1'234.5", '.', 1234.5],
    ['1\u00a0234', ',', 1234],
    ['48.2082', ',', undefined],
    ['12.34,5', ',', undefined],
    ['1,5E-05', ',', 0.000015],
    ['1e3', undefined, 1000],
    ['.5', undefined, 0.5],
    ['5.', undefined, undefined],
    ['.', undefined, undefined],
    ['-', undefined, undefined],
    ['e5', undefined, undefined],
    ['1e', undefined, undefined],
    ['1e999', undefined, undefined],
    ['0x10', undefined, undefined],
    ['Infinity', undefined, undefined],
    ['NaN', undefined, undefined],
    ['--5', undefined, undefined],
    ['1,2,3', '.', undefined],
    ['٣', undefined, undefined],
    ['12 km', undefined, undefined],
    ['1'.repeat(41), undefined, undefined],
  ])('%j with decimal separator %s is %s', (text, decimalSeparator, expected) => {
    const source = decimalSeparator ? { decimalSeparator } : {};
    expect(read('number', text, source)).toBe(expected ?? '!invalid_value');
  });

  it('reads any number it could have written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), (value) => {
        expect(read('number', String(value))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it.each<[string, string, CellValue]>([
    ['callInterval', '28', 28],
    ['callInterval', '28,0', 28],
    ['callInterval', '2,5', '!invalid_value'],
    ['callInterval', '3650', 3650],
    ['callInterval', '3651', '!invalid_value'],
    ['callInterval', '-1', '!invalid_value'],
    ['latitude', '90', 90],
    ['latitude', '90.1', '!invalid_value'],
    ['longitude', '-180', -180],
    ['longitude', '181', '!invalid_value'],
  ])('%s %s', (id, text, expected) => {
    expect(read(customerField(id), text)).toBe(expected);
  });

  it('says what it expected, and shows the beginning of the cell', () => {
    expect(parseCell(customerField('latitude'), '123')).toEqual({
      ok: false,
      problem: {
        code: 'invalid_value',
        field: 'latitude',
        params: { expected: 'range', value: '123', min: -90, max: 90 },
      },
    });
    const long = parseCell(customerField('callInterval'), `${'x'.repeat(59)}😀y`);
    expect(long).toMatchObject({ problem: { params: { expected: 'integer', value: 'x'.repeat(59) } } });
  });
});

describe('yes and no', () => {
  it.each(['yes', 'Yes', 'YES', 'ja', 'Ja', 'true', 'WAHR', '1', ' ja '])('%j is yes', (text) => {
    for (const language of ['en', 'de'] as const) expect(read('yesNo', text, { language })).toBe(true);
  });
  it.each(['no', 'No', 'nein', 'NEIN', 'false', 'FALSCH', '0'])('%j is no', (text) => {
    for (const language of ['en', 'de'] as const) expect(read('yesNo', text, { language })).toBe(false);
  });
  it.each(['maybe', '2', 'x', 'oui', 'constructor'])('%j is neither', (text) => {
    expect(read('yesNo', text)).toBe('!invalid_value');
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

describe('dates', () => {
  it.each<[string, string | undefined, string | undefined]>([
    ['2026-12-31', undefined, '2026-12-31'],
    ['31.12.2026', undefined, '2026-12-31'],
    ['1.2.2026', undefined, '2026-02-01'],
    ['2026-12-31 00:00:00', undefined, '2026-12-31'],
    ['2026-12-31 08:00', undefined, undefined],
    ['12/31/2026', undefined, undefined],
    ['12/31/2026', 'M/d/yyyy', '2026-12-31'],
    ['31/12/2026', 'M/d/yyyy', undefined],
    ['31/12/2026', 'dd/MM/yyyy', '2026-12-31'],
    ['31.12.26', 'dd.MM.yy', '2026-12-31'],
    ['31.12.79', 'dd.MM.yy', '1979-12-31'],
    ['31.12.26', 'dd.MM.yyyy', undefined],
    ['20261231', 'yyyyMMdd', '2026-12-31'],
    ['2026-12-31', 'M/d/yyyy', '2026-12-31'],
    ['29.02.2024', undefined, '2024-02-29'],
    ['29.02.2026', undefined, undefined],
    ['29.02.1900', undefined, undefined],
    ['31.04.2026', undefined, undefined],
    ['00.01.2026', undefined, undefined],
    ['45657', undefined, undefined],
    ['31.12.2026x', undefined, undefined],
  ])('%s in the form %s is %s', (text, dateFormat, expected) => {
    expect(read('date', text, dateFormat ? { dateFormat } : {})).toBe(expected ?? '!invalid_value');
  });

  it.each<[string, SourceFormat, string | undefined]>([
    ['2026-03-14T09:30:15', {}, '2026-03-14T09:30:15'],
    ['2026-03-14 09:30', {}, '2026-03-14T09:30:00'],
    ['14.03.2026 9:05', {}, '2026-03-14T09:05:00'],
    ['14.03.2026', {}, '2026-03-14T00:00:00'],
    ['2026-03-14T09:30:15.123', {}, '2026-03-14T09:30:15'],
    ['3/14/2026 3:05 PM', { dateFormat: 'M/d/yyyy' }, '2026-03-14T15:05:00'],
    ['3/14/2026 12:05 am', { dateFormat: 'M/d/yyyy h:mm a' }, '2026-03-14T00:05:00'],
    ['3/14/2026 13:05 PM', { dateFormat: 'M/d/yyyy h:mm a' }, undefined],
    ['14.03.2026 09:30', { dateFormat: 'dd.MM.yyyy HH:mm' }, '2026-03-14T09:30:00'],
    ['2026-03-14 24:00', {}, undefined],
    ['2026-03-14 09:60', {}, undefined],
    ['2026-03-14T09:30:00Z', {}, undefined],
    ['2026-03-14T09:30:00Z', { timeZone: 'Europe/Vienna' }, '2026-03-14T10:30:00'],
    ['2026-07-14T23:30:00.5+0000', { timeZone: 'Europe/Vienna' }, '2026-07-15T01:30:00'],
    ['2026-02-30T09:30:00Z', { timeZone: 'Europe/Vienna' }, undefined],
  ])('%s under %j is %s', (text, source, expected) => {
    expect(read('dateTime', text, source)).toBe(expected ?? '!invalid_value');
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
  const began = performance.now();
  for (const text of hostile) for (const parse of parsers) expect(parse(text)).toHaveProperty('ok');
  expect(performance.now() - began).toBeLessThan(2_000);
});

describe('times and spans', () => {
  it.each<[string, string | undefined]>([
    ['08:30', '08:30'],
    ['8:30', '08:30'],
    [' 23:59 ', '23:59'],
    ['08:30:00', '08:30'],
    ['12:05 am', '00:05'],
    ['12:05 PM', '12:05'],
    ['1:05pm', '13:05'],
    ['08:30:15', undefined],
    ['24:00', undefined],
    ['13:05 pm', undefined],
    ['0:05 am', undefined],
    ['8:3', undefined],
    ['830', undefined],
    ['36:00:00', undefined],
  ])('time %j', (text, expected) => {
    expect(read('time', text)).toBe(expected ?? '!invalid_value');
  });

  const minutes = aField('minutes', { min: 0, max: 600 });
  it.each<[string, number | undefined]>([
    ['90', 90],
    ['090', 90],
    ['1:30', 90],
    ['01:30:00', 90],
    ['10:00', 600],
    ['10:01', undefined],
    ['601', undefined],
    ['1:60', undefined],
    ['01:30:30', undefined],
    ['1.5', undefined],
    ['-5', undefined],
    ['90 min', undefined],
  ])('minutes %j', (text, expected) => {
    expect(read(minutes, text)).toBe(expected ?? '!invalid_value');
  });
});

describe('selections', () => {
  const options = [
    { code: 'low', label: { en: 'Low', de: 'Niedrig' } },
    { code: 'high', label: { en: 'High', de: 'Hoch' } },
    { code: 'HIGH', label: { en: 'Higher', de: 'Höher' } },
  ];
  const one = aField('selection', { options });
  const several = aField('multiSelection', { options });

  it.each<[string, CellValue]>([
    ['low', 'low'],
    ['LOW', 'low'],
    [' Niedrig ', 'low'],
    ['HIGH', 'HIGH'],
    ['high', 'high'],
    ['High', 'high'],
    ['höher', 'HIGH'],
    ['', null],
    ['constructor', '!unknown_code'],
    ['low;high', '!unknown_code'],
  ])('one of them: %j', (text, expected) => {
    expect(read(one, text)).toBe(expected);
  });

  it.each<[string, CellValue]>([
    ['low', 'low'],
    ['HIGH; hoch ;Low;low', 'low;high;HIGH'],
    [';low;', 'low'],
    [' ; ', null],
    ['low;lower', '!unknown_code'],
  ])('several: %j', (text, expected) => {
    expect(read(several, text)).toBe(expected);
  });

  it('name the nearest of their values', () => {
    const params = { value: 'Nidrig', near: 'yes', nearest: 'Niedrig', codes: 'low, high, HIGH' };
    expect(parseCell(one, 'Nidrig')).toEqual({ ok: false, problem: { code: 'unknown_code', field: 'x', params } });
    expect(parseCell(one, '4711')).toMatchObject({ problem: { params: { value: '4711', codes: 'low, high, HIGH' } } });
  });

  it('without a list take any text', () => {
    expect(read(aField('selection', { options: [] }), 'Any; text')).toBe('Any; text');
    expect(read(aField('multiSelection', { options: [] }), 'b; a;b')).toBe('b;a');
  });
});

describe('references', () => {
  const field = aField('reference', { references: 'customer', maxLength: 40 });
  it.each(['007', '0010-A7', '0193D2A1-C4F0-7B6E-8A1F-2C3D4E5F6071'])('arrive as they were written: %s', (text) => {
    expect(read(field, ` ${text} `)).toBe(text);
  });

  it.each(['a b', 'x'.repeat(41), 'Löwen'])('that nobody can have are unknown: %s', (text) => {
    expect(read(field, text)).toBe('!unknown_customer');
  });
});
