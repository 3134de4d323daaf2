import type { ChunkEffect, ChunkRow } from '@muster/import-model';

/** What becomes of rows whose rep has lost the own schedule since they were assigned. */
export function withoutSchedule(rows: readonly ChunkRow[]): ChunkEffect {
  const answers = rows.map(({ row }) => {
    return { row, outcome: 'invalid' as const, problems: [{ code: 'rep_without_schedule' }] };
  });
  return { answers, created: [], updated: [], present: [], postponed: [] };
}
