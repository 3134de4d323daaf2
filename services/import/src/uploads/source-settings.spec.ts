import { describe, expect, it } from 'vitest';
import { settingsKnown, type SourceOverrides, type SourceSettings } from './source-settings.js';

const RECOGNISED: SourceSettings = {
  format: 'csv',
  encoding: 'windows-1252',
  delimiter: ';',
  quote: '"',
  headerRow: 2,
  firstDataRow: 3,
  columns: ['Nummer', 'Umsatz'],
  decimalSeparator: ',',
};

describe('settings that a configuration leaves as they were recognised', () => {
  it.each<[string, SourceOverrides, Partial<SourceSettings>]>([
    ['nothing said', {}, {}],
    ['the same said', { encoding: 'windows-1252', delimiter: ';', headerRow: 2 }, {}],
    ['data that begin further down', { firstDataRow: 7 }, { firstDataRow: 7 }],
    ['data that would begin in the header', { firstDataRow: 1 }, { firstDataRow: 3 }],
    ['another way to write numbers', { decimalSeparator: '.' }, { decimalSeparator: '.' }],
    ['a way to write dates', { dateFormat: 'MM/dd/yyyy' }, { dateFormat: 'MM/dd/yyyy' }],
  ])('%s', (_case, said, expected) => {
    expect(settingsKnown(RECOGNISED, said)).toEqual({ ...RECOGNISED, ...expected });
  });

  it.each<[string, SourceOverrides]>([
    ['encoding', { encoding: 'utf-8' }],
    ['delimiter', { delimiter: ',' }],
    ['header row', { headerRow: 1 }],
    ['sheet', { sheet: 'Kunden' }],
  ])('but another %s makes another table', (_case, said) => {
    expect(settingsKnown(RECOGNISED, said)).toBeUndefined();
  });
});
