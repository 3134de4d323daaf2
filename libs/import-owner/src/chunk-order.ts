import type { DataOf, importChunkOrdered } from '@muster/contracts';
import type { ChunkRow } from '@muster/import-model';

export type ChunkOrder = DataOf<typeof importChunkOrdered>;

export function rowsOf({ rows }: Pick<ChunkOrder, 'rows'>): ChunkRow[] {
  return rows.map(([row, ...values]) => ({ row, values }));
}

/** Rows of which nothing becomes, and that stand for something all the same. */
export function settledRows({ settled = [] }: Pick<ChunkOrder, 'settled'>): ChunkRow[] {
  return rowsOf({ rows: settled });
}
