import type { DataOf, importChunkOrdered } from '@muster/contracts';
import type { ChunkRow } from './key-index.js';

export type ChunkOrder = DataOf<typeof importChunkOrdered>;

export function rowsOf({ rows }: ChunkOrder): ChunkRow[] {
  return rows.map(([row, ...values]) => ({ row, values }));
}
