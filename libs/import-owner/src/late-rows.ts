import type { RowAnswer } from '@muster/contracts';
import type { ChunkRow } from '@muster/import-model';
import type { LateChunk } from './chunk-result.repository.js';

/** The rows that wait, of all chunks, in the order of the file. */
export function waitingRows(chunks: readonly LateChunk[]): ChunkRow[] {
  return chunks.flatMap(({ postponed }) => postponed).sort((a, b) => a.row - b.row);
}

/** The chunks with the answers to rows that waited, in the order of their rows. */
export function withAnswers(chunks: readonly LateChunk[], answers: readonly RowAnswer[]): LateChunk[] {
  const byRow = new Map(answers.map((answer) => [answer.row, answer]));
  return chunks.map(({ seq, answers: before, postponed }) => {
    const now = postponed.flatMap(({ row }) => byRow.get(row) ?? []);
    return { seq, postponed: [], answers: [...before, ...now].sort((a, b) => a.row - b.row) };
  });
}
