import type { RowAnswer } from '@muster/contracts';
import type { Scope, UnitOfWork } from '@muster/persistence';
import { unpackAnswers, unpackRows } from './chunk-payload.js';
import { duplicateAnswer } from './staged-file.js';
import type { Lease, StagingRepository } from './staging.repository.js';

/** Makes rows that share a key invalid: they leave the rows for the owner. Which they are is known only at the file's end. */
export async function takeDuplicatesOut(
  uow: UnitOfWork,
  scope: Scope,
  staging: StagingRepository,
  lease: Lease,
  duplicates: ReadonlyMap<number, readonly number[]>,
  stillOurs: () => Promise<void>,
): Promise<void> {
  if (duplicates.size === 0) return;
  const numbers = [...duplicates.keys()].sort((a, b) => a - b);
  for (let after = -1; ;) {
    await stillOurs();
    const seqs = await uow.run(scope, async (manager) => {
      await staging.hold(manager, lease);
      const chunks = await staging.chunksWithRows(manager, lease, numbers, after);
      for (const chunk of chunks) {
        const rows = await unpackRows(chunk.rows);
        const answers = await unpackAnswers(chunk.settled);
        const clean = rows.filter(([row]) => !duplicates.has(row)).map((row) => JSON.stringify(row));
        const settled = new Map<number, RowAnswer>(answers.map((answer) => [answer.row, answer]));
        for (const [row] of rows) {
          const others = duplicates.get(row);
          if (others) settled.set(row, duplicateAnswer(row, others));
        }
        for (const answer of answers) {
          const others = duplicates.get(answer.row);
          if (others) settled.set(answer.row, joined(answer, duplicateAnswer(answer.row, others)));
        }
        await staging.replaceChunk(manager, lease, chunk.seq, { rows: clean, settled: [...settled.values()] });
      }
      return chunks.map(({ seq }) => seq);
    });
    const last = seqs.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

function joined(answer: RowAnswer, other: RowAnswer): RowAnswer {
  return { ...answer, problems: [...(answer.problems ?? []), ...(other.problems ?? [])] };
}
