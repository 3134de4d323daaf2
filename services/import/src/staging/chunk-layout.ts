import type { DataOf, importChunkOrdered } from '@muster/contracts';

type Order = DataOf<typeof importChunkOrdered>;

/** What all chunks of one staging share, and their work orders with them. */
export interface ChunkLayout {
  readonly mode: Order['mode'];
  readonly columns: Order['columns'];
  readonly options?: NonNullable<Order['options']>;
}

/** Whether a row may stand for a record of another rep than its own: it is to come from there, or is named by its id. */
export function reachesAcrossReps({ columns, options }: ChunkLayout): boolean {
  const isById = columns.some(({ field, behaviour }) => behaviour === 'key' && field === 'id');
  return isById || options?.transferMode !== undefined;
}
