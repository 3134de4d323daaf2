import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem } from '@muster/contracts';
import type { Upload } from '../uploads/upload.entity.js';
import {
  isSamePart,
  missingParts,
  offsetsInOneFile,
  requireComplete,
  requirePartOf,
  requireRoom,
  requireRows,
  wholeOf,
} from './part-rules.js';

function upload(of: Partial<Upload> = {}): Upload {
  const source = { format: 'csv', headerRow: 1, firstDataRow: 2, columns: ['A'] } as const;
  const file = { fileName: 'a.csv', byteSize: 10, sha256: 'aa', source, rowCount: 2 };
  return { id: 'u', companyId: 'c', createdBy: 'x', createdAt: new Date(0), fileRemovedAt: null, ...file, ...of };
}

const numbered = (...numbers: number[]) => numbers.map((part) => ({ part, upload: upload({ sha256: `s${part}` }) }));

function refusal(work: () => void): { code: string; params: object } | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, params: error.params };
    throw error;
  }
}

describe('the whole of parts', () => {
  it('sums them up', () => {
    const parts = [1, 2, 3].map((part) => ({
      part,
      upload: upload({ fileName: `c-${part}.csv`, sha256: `s${part}` }),
    }));
    expect(wholeOf(parts)).toMatchObject({ fileName: 'c-1.csv … c-3.csv', byteSize: 30, rowCount: 6 });
    expect(wholeOf(parts.slice(0, 1))).toMatchObject({ fileName: 'c-1.csv', sha256: 's1' });
    expect(wholeOf([])).toMatchObject({ fileName: '', byteSize: 0, rowCount: 0 });
  });

  it('has another content for other parts, and for the same ones in another order', () => {
    const digests = [numbered(1), numbered(1, 2), numbered(2, 1), numbered(1, 2, 3), []].map(
      (parts) => wholeOf(parts).sha256,
    );
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe('which parts are missing', () => {
  it('is told once it is known how many there are', () => {
    expect(missingParts({ partCount: null, parts: numbered(2) })).toEqual([]);
    expect(missingParts({ partCount: 4, parts: numbered(2, 4) })).toEqual([1, 3]);
  });

  it('closes a series with each of its parts, and with nothing else', () => {
    const subset = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 8 });
    fc.assert(
      fc.property(subset, fc.integer({ min: 1, max: 8 }), (numbers, count) => {
        const isWhole = numbers.length === count && numbers.every((part) => part <= count);
        const refused = refusal(() => requireComplete({ partCount: null, parts: numbered(...numbers) }, count));
        expect(refused === undefined).toBe(isWhole);
      }),
    );
  });

  it('names twenty of them at most', () => {
    const refused = refusal(() => requireComplete({ partCount: 30, parts: [] }, 30));
    expect(refused).toEqual({
      code: 'parts_missing',
      params: { count: 30, missing: `${Array.from({ length: 20 }, (_, i) => i + 1).join(', ')}, …` },
    });
    expect(refusal(() => requireComplete({ partCount: 3, parts: numbered(1, 2) }, 2))?.code).toBe('part_count_differs');
  });
});

describe('what a series takes', () => {
  it.each([[1, undefined], [1_000, undefined], [0, 'part_out_of_range'], [1_001, 'part_out_of_range'], [1.5, 'part_out_of_range']])('part %s', (part, code) => {
    expect(refusal(() => requirePartOf(null, part))?.code).toBe(code);
  }); // prettier-ignore

  it('is ten times what a file may have', () => {
    const limits = { rows: 2, bytes: 10 };
    const ten = numbered(...Array.from({ length: 10 }, (_, i) => i + 1));
    expect(refusal(() => requireRoom(ten, limits))).toBeUndefined();
    const larger = [...ten, { part: 11, upload: upload({ byteSize: 1, rowCount: 0 }) }];
    expect(refusal(() => requireRoom(larger, limits))?.code).toBe('series_too_large');
    const longer = [...ten, { part: 11, upload: upload({ byteSize: 0, rowCount: 1 }) }];
    expect(refusal(() => requireRoom(longer, limits))).toEqual({
      code: 'series_too_many_rows',
      params: { limit: 20, rows: 21 },
    });
    expect(refusal(() => requireRows(20, limits))).toBeUndefined();
  });

  it('takes a file once more for the same when it is read alike', () => {
    const { source } = upload();
    const same = (of: Partial<Upload>, rowOffset?: number) => isSamePart({ upload: upload() }, { upload: upload(of), rowOffset }); // prettier-ignore
    expect(same({ id: 'v', fileName: 'b.csv' })).toBe(true);
    expect(same({ sha256: 'bb' })).toBe(false);
    expect(same({ source: { ...source, encoding: 'utf-8' } })).toBe(false);
    expect(same({}, 10)).toBe(false);
  });

  it.each([
    [[undefined], undefined],
    [[0, undefined], undefined],
    [[], undefined],
    [
      [0, 10],
      [0, 10],
    ],
  ])('takes parts for one file that was cut when all say where they stood: %j', (offsets, expected) => {
    expect(offsetsInOneFile(offsets.map((rowOffset) => ({ upload: upload(), rowOffset })))).toEqual(expected);
  });
});
