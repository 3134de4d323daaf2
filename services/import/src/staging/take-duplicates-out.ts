import type { RowAnswer } from '@muster/contracts';
import type { Scope, UnitOfWork } from '@muster/persistence';
import { unpackAnswers, unpackRows } from './chunk-payload.js';
import type { Duplicate } from './duplicate-finder.js';
import type { StagedFile } from './staged-file.js';
import type { CutChunk } from './chunk-cutter.js';
import type { ChunkPlace, Lease, StagingRepository, StoredRows } from './staging.repository.js';

/** Chunks that are rewritten in one unit of work. */
const AT_ONCE = 20;

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
  const numbers = Uint32Array.from(duplicates.keys()).sort();
  for (let after = -1; ;) {
    const places = await uow.run(scope, (manager) => staging.places(manager, lease, after));
    const seqs = places.filter((place) => mayHold(place, numbers)).map(({ seq }) => seq);
    for (let at = 0; at < seqs.length; at += AT_ONCE) {
      await stillOurs();
      await uow.run(scope, async (manager) => {
        await staging.hold(manager, lease);
        const chunks = await staging.chunks(manager, lease, seqs.slice(at, at + AT_ONCE));
        const rest = await Promise.all(chunks.map((chunk) => withoutDuplicates(chunk, duplicates, file)));
        await staging.replaceChunks(manager, lease, rest);
      });
    }
    const last = places.at(-1);
    if (!last) return;
    after = last.seq;
  }
}

/** @param numbers of rows, in ascending order */
export function mayHold({ firstRow, lastRow }: Omit<ChunkPlace, 'seq'>, numbers: Uint32Array): boolean {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((numbers[middle] ?? 0) < firstRow) from = middle + 1;
    else to = middle;
  }
  return (numbers[from] ?? Infinity) <= lastRow;
}

async function withoutDuplicates(
  chunk: StoredRows,
  duplicates: ReadonlyMap<number, Duplicate>,
  file: Pick<StagedFile, 'duplicateAnswer' | 'keyOf'>,
): Promise<Pick<CutChunk, 'rows' | 'settled' | 'standing' | 'unreadable'> & Pick<ChunkPlace, 'seq'>> {
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
    seq: chunk.seq,
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
