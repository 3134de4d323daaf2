import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SourceSettings } from '../uploads/source-settings.js';
import type { Upload } from '../uploads/upload.entity.js';
import { placesIn, unionOfColumns, writtenAlike } from './part-columns.js';

function file(source: Partial<SourceSettings>) {
  return {
    upload: { source: { format: 'csv', headerRow: 1, firstDataRow: 2, columns: [], ...source } } as unknown as Upload,
  };
}

const writingOf = (...sources: Partial<SourceSettings>[]) =>
  writtenAlike(sources.map(file)).map(({ upload: { source } }) => [source.decimalSeparator, source.dateFormat]);

describe('the columns of parts', () => {
  it.each([
    [[['A', 'B'], ['B', 'A']], ['A', 'B'], [[0, 1], [1, 0]]],
    [[['A'], ['B', 'A']], ['A', 'B'], [[0], [1, 0]]],
    [[['A', 'A'], ['A', 'A', 'A']], ['A', 'A', 'A'], [[0, 1], [0, 1, 2]]],
    [[['', 'A'], ['', '']], ['', 'A', ''], [[0, 1], [0, 2]]],
    [[['__proto__'], ['constructor']], ['__proto__', 'constructor'], [[0], [1]]],
  ])('%j', (parts, union, places) => {
    expect(unionOfColumns(parts)).toEqual(union);
    expect(parts.map((columns) => placesIn(union, columns))).toEqual(places);
  }); // prettier-ignore

  it('have a place each, under their names', () => {
    const columns = fc.array(fc.constantFrom('A', 'B', 'C', ''), { maxLength: 6 });
    fc.assert(
      fc.property(fc.array(columns, { maxLength: 4 }), (parts) => {
        const union = unionOfColumns(parts);
        for (const part of parts) {
          const places = placesIn(union, part);
          expect(places.map((place) => union[place])).toEqual(part);
          expect(new Set(places).size).toBe(part.length);
        }
      }),
    );
  });
});

describe('how parts write numbers and dates', () => {
  it('is alike where one of them tells', () => {
    expect(writingOf({}, { decimalSeparator: ',', dateFormat: 'd/M/yyyy' }, {})).toEqual(
      Array.from({ length: 3 }, () => [',', 'd/M/yyyy']),
    );
  });

  it('is that of each where they contradict each other', () => {
    expect(writingOf({ decimalSeparator: ',' }, { decimalSeparator: '.' }, {})).toEqual([[',', undefined], ['.', undefined], [undefined, undefined]]); // prettier-ignore
  });
});
