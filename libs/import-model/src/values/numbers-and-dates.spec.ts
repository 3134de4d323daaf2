import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CellValue } from '../schema/field-schema.js';
import { aField, customerField, read } from '../test-support/read-cell.js';
import type { SourceFormat } from './cell-result.js';
import { parseCell } from './compile-column.js';

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
