import { describe, expect, it } from 'vitest';
import type { CellValue } from '../schema/field-schema.js';
import { aField, read } from '../test-support/read-cell.js';
import { parseCell } from './compile-column.js';

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
    const params = {
      value: 'Nidrig',
      near: 'yes',
      nearest: 'Niedrig',
      codes: 'low, high, HIGH',
      labelled: 'yes',
      labelsEn: 'Low, High, Higher',
      labelsDe: 'Niedrig, Hoch, Höher',
    };
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
