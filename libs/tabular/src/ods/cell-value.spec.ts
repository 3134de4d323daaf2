import { describe, expect, it } from 'vitest';
import { cellValue, type CellClaims } from './cell-value.js';

function valueOf(type: string, value: string | undefined, shown = '', more: Partial<CellClaims> = {}): unknown {
  return cellValue({ type, value, hasFormula: false, isError: undefined, ...more }, shown);
}

describe('cellValue', () => {
  it.each([
    ['float', '12.50', ['12.5', 'number']],
    ['float', '1067', ['1067', 'number']],
    ['float', '-0', ['0', 'number']],
    ['float', '0.1000000000000000055511', ['0.1', 'number']],
    ['float', '9007199254740993', ['9007199254740992', 'number']],
    ['float', '1E+20', ['100000000000000000000', 'number']],
    ['float', '1.5e-7', ['0.00000015', 'number']],
    ['float', '00012', ['12', 'number']],
    ['float', '+3', ['3', 'number']],
    ['float', '.5', ['0.5', 'number']],
    ['percentage', '0.25', ['0.25', 'percent']],
    ['currency', '19.90', ['19.9', 'number']],
    ['date', '2024-01-05', ['2024-01-05', 'date']],
    ['time', 'PT12H30M00S', ['12:30:00', 'time']],
    ['boolean', 'true', ['TRUE', 'boolean']],
    ['boolean', '0', ['FALSE', 'boolean']],
    ['string', 'a\r\nb', ['a\r\nb', 'text']],
  ])('%s %s', (type, value, expected) => {
    expect(valueOf(type, value)).toEqual(expected);
  });

  it.each([
    ['a value that is no number', 'float', 'abc', 'shown', ['shown', 'text']],
    ['a value that is infinite', 'float', '1e999', '', ['1e999', 'text']],
    ['NaN', 'float', 'NaN', 'x', ['x', 'text']],
    ['hexadecimal', 'float', '0x10', 'x', ['x', 'text']],
    ['a day that never was', 'date', '2023-02-29', '29.2.2023', ['29.2.2023', 'text']],
    ['a duration with years', 'time', 'P1Y', 'x', ['x', 'text']],
    ['neither true nor false', 'boolean', 'maybe', 'x', ['x', 'text']],
    ['a type that nobody knows', 'complex', '1', '1i', ['1i', 'text']],
    ['no type', '', undefined, 'x', ['x', 'text']],
    ['a type without a value', 'float', undefined, '7', ['7', 'text']],
    ['nothing at all', '', undefined, '', ['', 'text']],
  ])('takes what is shown for a text: %s', (_name, type, value, shown, expected) => {
    expect(valueOf(type, value, shown)).toEqual(expected);
  });

  it.each([
    ['marked as one', 'string', '', '#N/A', { isError: true }, ['#N/A', 'error']],
    ['marked, not shown', 'string', '#REF!', '', { isError: true }, ['#REF!', 'error']],
    ['marked, without any text', 'string', '', '', { isError: true }, ['', 'text']],
    ['of LibreOffice', 'float', '0', 'Err:502', { hasFormula: true }, ['Err:502', 'error']],
    ['in German', 'float', '0', '#WERT!', { hasFormula: true }, ['#WERT!', 'error']],
    ['of a division', 'float', '0', '#DIV/0!', { hasFormula: true }, ['#DIV/0!', 'error']],
    ['of a name', 'string', undefined, '#NAME?', { hasFormula: true }, ['#NAME?', 'error']],
    ['of Excel in German', 'string', undefined, '#NV', { hasFormula: true }, ['#NV', 'error']],
    ['of Excel', 'string', undefined, '#N/A', { hasFormula: true }, ['#N/A', 'error']],
    ['that is a number of a list', 'string', undefined, '#12', { hasFormula: true }, ['#12', 'text']],
    [
      'that LibreOffice calls a string',
      'string',
      undefined,
      '#A/B',
      { hasFormula: true, isError: false },
      ['#A/B', 'text'],
    ],
    ['that is a word', 'string', undefined, '#TODO', { hasFormula: true }, ['#TODO', 'text']],
    ['that somebody typed', 'string', undefined, '#N/A', {}, ['#N/A', 'text']],
    ['that a formula only resembles', 'string', undefined, '#1 of 3', { hasFormula: true }, ['#1 of 3', 'text']],
  ])('an error %s', (_name, type, value, shown, more, expected) => {
    expect(valueOf(type, value, shown, more)).toEqual(expected);
  });
});
