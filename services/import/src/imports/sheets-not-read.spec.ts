import { describe, expect, it } from 'vitest';
import { sheetsNotRead } from './sheets-not-read.js';

describe('the warning about sheets that are not read', () => {
  it.each<[string, string | undefined, string | null, string[], string | undefined]>([
    ['a file without sheets', undefined, null, [], undefined],
    ['a workbook with one', undefined, 'Kunden', [], undefined],
    ['others beside the one that was recognised', undefined, 'Kunden', ['Archiv', 'Alt'], 'Archiv, Alt'],
    ['the one that was recognised, where another is chosen', 'Archiv', 'Kunden', ['Archiv'], 'Kunden'],
    [
      'many',
      undefined,
      'A',
      Array.from({ length: 12 }, (_, i) => `B${i}`),
      'B0, B1, B2, B3, B4, B5, B6, B7, B8, B9 ...',
    ],
  ])('%s', (_what, chosen, sheet, otherSheets, sheets) => {
    const said = sheets === undefined ? [] : [{ code: 'other_sheets', params: { sheets } }];
    expect(sheetsNotRead(chosen, { sheet, otherSheets })).toEqual(said);
  });
});
