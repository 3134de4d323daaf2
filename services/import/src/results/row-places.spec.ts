import { describe, expect, it } from 'vitest';
import { RowPlaces, WHOLE_FILE } from './row-places.js';

const PARTS = new RowPlaces({ rowOffset: 0, partOffsets: [0, 100, 250] });
/** A file that was replaced by another in two parts, after some of its rows were written. */
const REPLACED = new RowPlaces({ rowOffset: 0, partOffsets: null }, { rowOffset: 50, partOffsets: [50, 90] });

describe('where a row stands', () => {
  it.each([
    [WHOLE_FILE, 7, { row: 7 }],
    [PARTS, 1, { part: 1, row: 1 }],
    [PARTS, 100, { part: 1, row: 100 }],
    [PARTS, 101, { part: 2, row: 1 }],
    [PARTS, 251, { part: 3, row: 1 }],
    [REPLACED, 50, { row: 50 }],
    [REPLACED, 52, { part: 1, row: 2 }],
    [REPLACED, 91, { part: 2, row: 1 }],
  ])('%#: row %s', (places, row, expected) => {
    expect(places.of(row)).toEqual(expected);
  });

  it('is told of the rows that a problem names, and of nothing else', () => {
    expect(PARTS.named({ params: { rows: '3, 102' } }, 'de')).toEqual({ rows: 'Teil 1 Zeile 3, Teil 2 Zeile 2' });
    expect(PARTS.named({ params: { rows: '12345' } }, 'en')).toEqual({ rows: 'part 3 row 12095' });
    expect(PARTS.named({ params: { value: '102' } }, 'en')).toEqual({ value: '102' });
    expect(WHOLE_FILE.named({ params: { rows: '3, 102' } }, 'en')).toEqual({ rows: '3, 102' });
    expect(PARTS.named({}, 'en')).toEqual({});
  });
});
