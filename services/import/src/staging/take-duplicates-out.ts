import type { RowAnswer } from '@muster/contracts';
import type { Scope, UnitOfWork } from '@muster/persistence';
import { unpackAnswers, unpackRows } from './chunk-payload.js';
import type { Duplicate } from './duplicate-finder.js';
import type { StagedFile } from './staged-file.js';
import type { CutChunk } from './chunk-cutter.js';
import type { Lease, StagingRepository, StoredRows } from './staging.repository.js';

/** Makes rows that share a key invalid: they leave the rows for the owner. Which they are is known only at the file's end. */
export async function takeDuplicatesOut(
  uow: UnitOfWork,
  scope: Scope,
  staging: StagingRepository,
  lease: Lease,
  file: Pick<StagedFile, 'duplicates' | 'duplicateAnswer' | 'keyOf'>,
  stillOurs: () => Promise<void>,
): Promise<void> {
  const duplicates = file.duplicates();
  if (duplicates.size === 0) return;
  const numbers = [...duplicates.keys()].sort((a, b) => a - b);
  for (let after = -1; ;) {
    await stillOurs();
    const seqs = await uow.run(scope, async (manager) => {
      await staging.hold(manager, lease);
      const chunks = await staging.chunksWithRows(manager, lease, numbers, after);
      for (const chunk of chunks) {
        await staging.replaceChunk(manager, lease, chunk.seq, await withoutDuplicates(chunk, duplicates, file));
      }
      return chunks.map(({ seq }) => seq);
    });
    const last = seqs.at(-1);
    if (last === undefined) return;
    after = last;
  }
}

async function withoutDuplicates(
  chunk: StoredRows,
  duplicates: ReadonlyMap<number, Duplicate>,
  file: Pick<StagedFile, 'duplicateAnswer' | 'keyOf'>,
): Promise<Pick<CutChunk, 'rows' | 'settled' | 'standing' | 'unreadable'>> {
  const rows = await unpackRows(chunk.rows);
  const answers = await unpackAnswers(chunk.settled);
  const taken = rows.filter(([row]) => duplicates.has(row));
  const settled = new Map<number, RowAnswer>(answers.map((answer) => [answer.row, answer]));
  for (const [row] of taken) {
    const others = duplicates.get(row);
    if (others) settled.set(row, file.duplicateAnswer(row, others));
  }
  for (const answer of answers) {
    const others = duplicates.get(answer.row);
    if (others) settled.set(answer.row, joined(answer, file.duplicateAnswer(answer.row, others)));
  }
  const keys = taken.map((row) => file.keyOf(row));
  const standing = chunk.standing ? await unpackRows(chunk.standing) : [];
  return {
    rows: rows.filter(([row]) => !duplicates.has(row)).map((row) => JSON.stringify(row)),
    settled: [...settled.values()],
    standing: [
      ...standing.map((row) => JSON.stringify(row)),
      ...keys.flatMap((key) => (key?.kind === 'key' ? key.json : [])),
    ],
    unreadable: chunk.unreadable + keys.filter((key) => key?.kind === 'unreadable').length,
  };
}

function joined(answer: RowAnswer, other: RowAnswer): RowAnswer {
  return { ...answer, problems: [...(answer.problems ?? []), ...(other.problems ?? [])] };
}
