import { describe, expect, it } from 'vitest';
import { waitingRows, withAnswers } from './late-rows.js';

const answer = (row: number) => ({ row, outcome: 'updated' }) as const;
const late = (seq: number, answered: number[], waiting: number[]) => ({
  seq,
  answers: answered.map(answer),
  postponed: waiting.map((row) => ({ row, values: [] })),
});

describe('rows that wait for the last order', () => {
  const chunks = [late(0, [2, 5], [3, 4]), late(3, [9], [8, 10]), late(7, [20], [])];

  it('come together in the order of the file', () => {
    expect(waitingRows([...chunks].reverse()).map(({ row }) => row)).toEqual([3, 4, 8, 10]);
  });

  it('are answered with the others of their chunks', () => {
    const settled = withAnswers(chunks, [10, 8, 4, 3].map(answer));
    expect(settled.map(({ seq, answers }) => [seq, answers.map(({ row }) => row)])).toEqual([
      [0, [2, 3, 4, 5]],
      [3, [8, 9, 10]],
      [7, [20]],
    ]);
    expect(waitingRows(settled)).toEqual([]);
  });
});
