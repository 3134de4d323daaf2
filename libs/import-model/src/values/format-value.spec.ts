import fc, { type Arbitrary } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@muster/contracts';
import { APPOINTMENT } from '../schema/appointment.js';
import { CUSTOM_FIELD_TYPES, withCustomFields } from '../schema/custom-fields.js';
import { CUSTOMER } from '../schema/customer.js';
import { REPORT } from '../schema/report.js';
import { TASK } from '../schema/task.js';
import type { CellValue, FieldSchema, SelectionOption } from '../schema/field-schema.js';
import { compileColumn } from './compile-column.js';
import { formatValue } from './format-value.js';

/** Labels that are other values' codes, that two values share, that are blank or hold what separates values. */
const AWKWARD: SelectionOption[] = [
  { code: 'a', label: { en: 'b', de: 'Größe' } },
  { code: 'b', label: { en: 'a', de: 'größe' } },
  { code: 'C', label: { en: 'x;y', de: ' ' } },
  { code: 'c', label: { en: 'plain', de: 'einfach' } },
  { code: 'd', label: { en: ' d ', de: 'Normal' } },
];

const OWN = CUSTOM_FIELD_TYPES.map((type) => ({
  ...{ name: type, type, label: { en: type, de: type }, description: { en: '', de: '' }, options: AWKWARD },
}));

const FIELDS = [
  ...[CUSTOMER, APPOINTMENT, TASK, REPORT].flatMap((schema) => schema.fields),
  ...withCustomFields(CUSTOMER, OWN).fields.slice(CUSTOMER.fields.length),
].filter(({ type }) => type !== 'reference');

const characters = (allowed: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...allowed), minLength: 1, maxLength });
const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
const day = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const time = fc.tuple(two(23), two(59)).map((parts) => parts.join(':'));

/** Any value of a field in canonical form. */
function valueOf({ type, options = [], min, max, maxLength = 60 }: FieldSchema): Arbitrary<CellValue> {
  const most = Math.min(maxLength, 60);
  const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((one) => one.trim() !== '' && !one.includes('\0'));
  switch (type) {
    case 'integer':
    case 'minutes':
      return fc.integer({ min: min ?? Number.MIN_SAFE_INTEGER, max: max ?? Number.MAX_SAFE_INTEGER });
    case 'number':
      return fc
        .double({ min: min ?? -1e300, max: max ?? 1e300, noNaN: true, noDefaultInfinity: true })
        .map((value) => value + 0);
    case 'yesNo':
      return fc.boolean();
    case 'date':
      return day;
    case 'time':
      return time;
    case 'dateTime':
      return fc.tuple(day, time, two(59)).map(([date, clock, seconds]) => `${date}T${clock}:${seconds}`);
    case 'selection':
      return fc.constantFrom(...options.map(({ code }) => code));
    case 'multiSelection':
      return fc
        .subarray(options.map(({ code }) => code), { minLength: 1 })
        .map((codes) => codes.join(';')); // prettier-ignore
    case 'identifier':
      return characters('abcXYZ019-_{}.', most);
    case 'recordId':
      return fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 32, maxLength: 32 });
    case 'phone':
      return characters('0123456789+()-/', most);
    case 'email':
      return characters("abcäß09-_.+'", 20).map((name) => `${name}@example.com`);
    case 'link':
      return characters('abcä09/.-?=&', most).filter((link) => !link.includes('://'));
    default:
      return text;
  }
}

describe.each(LANGUAGES)('a value in %s', (language) => {
  it.each(FIELDS.map((field) => [`${field.id} (${field.type})`, field] as const))(
    'is written so that reading gives it again: %s',
    (_title, field) => {
      const parse = compileColumn(field);
      const inFile = compileColumn(field, { decimalSeparator: language === 'de' ? ',' : '.', language });
      fc.assert(
        fc.property(valueOf(field), (value) => {
          const text = formatValue(field, value, language);
          expect(parse(text)).toEqual({ ok: true, value });
          expect(inFile(text)).toEqual({ ok: true, value });
        }),
        { numRuns: 60 },
      );
    },
  );

  it('is what a person writes', () => {
    const texts = (type: FieldSchema['type'], value: CellValue) => {
      const field = FIELDS.find((one) => one.type === type);
      return field && formatValue(field, value, language);
    };
    const isGerman = language === 'de';
    expect(texts('date', '2026-03-14')).toBe(isGerman ? '14.03.2026' : '2026-03-14');
    expect(texts('dateTime', '2026-03-14T09:30:00')).toBe(isGerman ? '14.03.2026 09:30' : '2026-03-14 09:30');
    expect(texts('yesNo', true)).toBe(isGerman ? 'Ja' : 'Yes');
    expect(texts('number', 1.5)).toBe(isGerman ? '1,5' : '1.5');
    expect(texts('selection', 'high')).toBe(isGerman ? 'Hoch' : 'High');
    expect(texts('text', null)).toBe('');
  });
});
