import type { DataOf, importChunkOrdered } from '@muster/contracts';

type Order = DataOf<typeof importChunkOrdered>;

/** What all chunks of one staging share, and their work orders with them. */
export interface ChunkLayout {
  readonly mode: Order['mode'];
  readonly columns: Order['columns'];
  readonly options?: NonNullable<Order['options']>;
}
