import type { ImportCounters, RowAnswer, RowOutcome } from '@muster/contracts';

export type OutcomeCounts = Record<RowOutcome, number>;

/** What counts rows; beside it stands what a sync counts of those who are absent from them. */
type RowCount = Exclude<keyof ImportCounters, 'deactivated' | 'removed'>;

/** No row has been tried yet. */
export function initialCounters(read: number): Record<RowCount, number> {
  return { read, created: 0, updated: 0, unchanged: 0, ignored: 0, invalid: 0, failed: 0, unprocessed: read };
}

export function countOutcomes(answers: readonly Pick<RowAnswer, 'outcome'>[]): OutcomeCounts {
  const counts: OutcomeCounts = { created: 0, updated: 0, unchanged: 0, ignored: 0, invalid: 0, failed: 0 };
  for (const { outcome } of answers) counts[outcome]++;
  return counts;
}

/** Takes rows from `unprocessed` to their outcomes; the sum stays the number of rows read. */
export function addOutcomes(counters: ImportCounters, counts: Partial<OutcomeCounts>): ImportCounters {
  const result = { ...counters };
  for (const [outcome, count] of Object.entries(counts) as [RowOutcome, number][]) {
    result[outcome] += count;
    result.unprocessed -= count;
  }
  return result;
}

/** Takes rows out of `unprocessed` that a part of them counts already by their outcomes. */
export function withOutcomesOf(counters: ImportCounters, part: ImportCounters): ImportCounters {
  const { read: _read, unprocessed: _unprocessed, deactivated: _deactivated, removed: _removed, ...outcomes } = part;
  return addOutcomes(counters, outcomes);
}

/** A whole without the rows of one of its parts. */
export function without(whole: ImportCounters, part: ImportCounters): ImportCounters {
  const result = { ...whole };
  for (const name of Object.keys(initialCounters(0)) as RowCount[]) result[name] -= part[name];
  return result;
}

/** Of parts that make up a whole. */
export function sumOf(parts: readonly ImportCounters[]): ImportCounters {
  const total = initialCounters(0);
  for (const part of parts) {
    for (const name of Object.keys(total) as RowCount[]) total[name] += part[name];
  }
  return total;
}

/** Of rows, with what a sync counts of those who are absent from them. */
export function withGoneOf(counters: ImportCounters, { deactivated, removed }: ImportCounters): ImportCounters {
  return { ...counters, ...(deactivated !== undefined && { deactivated }), ...(removed !== undefined && { removed }) };
}
