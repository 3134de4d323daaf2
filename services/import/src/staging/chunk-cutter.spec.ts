import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkCutter, type CutChunk } from './chunk-cutter.js';

const limits = { rows: 5, size: 100, buffered: 12 };

/** JSON of a row, about `size` characters long. */
const json = (row: number, size: number) => JSON.stringify([row, 'x'.repeat(size)]);
const numberOf = (text: string) => (JSON.parse(text) as [number])[0];

function cutAll(rows: { rep: number; size: number; settled: boolean }[]): { chunks: CutChunk[]; most: number } {
  const cutter = new ChunkCutter(limits);
  const chunks: CutChunk[] = [];
  let waiting = 0;
  let most = 0;
  const take = (cut: CutChunk[]) => {
    chunks.push(...cut);
    waiting -= cut.reduce((sum, { rows, settled }) => sum + rows.length + settled.length, 0);
  };
  rows.forEach(({ rep, size, settled }, i) => {
    const row = i + 2;
    waiting++;
    const full = settled
      ? cutter.addSettled(rep, { row, outcome: 'invalid' })
      : cutter.addRow(rep, row, json(row, size));
    take(full ? [full] : []);
    take(cutter.relieve());
    most = Math.max(most, waiting);
  });
  take(cutter.finish());
  return { chunks, most };
}

describe('ChunkCutter', () => {
  const rowsOfFile = fc.array(
    fc.record({ rep: fc.integer({ min: 0, max: 9 }), size: fc.integer({ min: 1, max: 60 }), settled: fc.boolean() }),
    { maxLength: 200 },
  );

  it('puts every row into exactly one chunk of its rep, in file order, within the limits', () => {
    fc.assert(
      fc.property(rowsOfFile, (rows) => {
        const { chunks, most } = cutAll(rows);
        const numbers = chunks.flatMap(({ rows: staged, settled }) => [
          ...staged.map(numberOf),
          ...settled.map((s) => s.row),
        ]);
        expect(numbers.sort((a, b) => a - b)).toEqual(rows.map((_, i) => i + 2));
        expect(most).toBeLessThanOrEqual(limits.buffered + 1);
        for (const chunk of chunks) {
          const own = [...chunk.rows.map(numberOf), ...chunk.settled.map((s) => s.row)];
          expect(own.length).toBeLessThanOrEqual(limits.rows);
          expect(own.every((n) => rows[n - 2]?.rep === chunk.repNo)).toBe(true);
          expect(Math.min(...own)).toBe(chunk.firstRow);
          expect(Math.max(...own)).toBe(chunk.lastRow);
        }
      }),
    );
  });

  it('counts rows that do not say for whom they stand, whether or not something else is wrong with them', () => {
    const cutter = new ChunkCutter(limits);
    cutter.addRow(1, 2, json(2, 1), true);
    cutter.addRow(1, 3, json(3, 1));
    const full = cutter.addSettled(1, { row: 4, outcome: 'invalid' }, { kind: 'unreadable' });
    expect(full?.unreadable).toBe(2);
  });

  it('cuts by size before it cuts by rows', () => {
    const { chunks } = cutAll([1, 2, 3].map(() => ({ rep: 1, size: 60, settled: false })));
    expect(chunks.map(({ rows }) => rows.length)).toEqual([2, 1]);
  });
});
