import { describe, expect, it } from 'vitest';
import { mainSheet } from './main-sheet.js';

const sheet = (name: string, rows: number, width: number, hidden = false) => ({
  name,
  hidden,
  hasData: rows > 0,
  rows,
  width,
});
const [cover, lines, empty] = [sheet('cover', 1, 2), sheet('lines', 8, 2), sheet('empty', 0, 0)];
const [table, other, narrow] = [sheet('table', 20, 10), sheet('other', 20, 30), sheet('narrow', 20, 4)];
const [hidden, codes] = [sheet('hidden', 20, 10, true), sheet('codes', 20, 3)];

describe('the sheet that is meant', () => {
  it.each([
    ['the first table', [empty, table, other], 'table'],
    ['not a line above everything', [cover, table], 'table'],
    ['not a cover sheet of names and values', [lines, table, other], 'table'],
    ['a narrow table that is wider than a cover sheet', [narrow, table], 'narrow'],
    ['a cover sheet as wide as what follows', [lines, codes], 'lines'],
    ['a table before the codes that it uses', [table, codes], 'table'],
    ['nothing hidden while there is another', [hidden, cover], 'cover'],
    ['a hidden one else', [empty, hidden], 'hidden'],
    ['the first that holds anything, where no sheet holds a table', [empty, cover, sheet('title', 1, 5)], 'cover'],
    ['none of empty ones', [empty], undefined],
  ])('%s', (_name, sheets, expected) => {
    expect(mainSheet(sheets)?.name).toBe(expected);
  });
});
