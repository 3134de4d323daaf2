import type { Id } from '@muster/contracts';
import type { ChunkEffect } from '@muster/import-model';

/** What a chunk of records writes beside the records of its rows. */
export interface RecordEffect extends ChunkEffect {
  /** Records that came from other reps, and whose they were. */
  readonly moved?: readonly { readonly id: Id; readonly from: Id }[];
  /** Customers whose last call was set. */
  readonly called?: readonly Id[];
}

/** What is told of records that changed: of one entity and one rep. */
export interface RecordNews {
  readonly entity: string;
  readonly repId: Id;
  readonly created: Id[];
  readonly updated: Id[];
  readonly removed: Id[];
}

/** A record that comes from another rep is one less there, and news to those who keep this rep's records. */
export function newsOf(entity: string, repId: Id, effects: readonly RecordEffect[]): RecordNews[] {
  const created = effects.flatMap((effect) => effect.created.map(({ id }) => id));
  const updated = effects.flatMap((effect) => effect.updated.map(({ id }) => id));
  const called = effects.flatMap((effect) => effect.called ?? []);
  const moved = effects.flatMap((effect) => effect.moved ?? []);
  const formerReps = [...new Set(moved.map(({ from }) => from))];
  return [
    { entity, repId, created, updated, removed: [] },
    { entity: 'customer', repId, created: [], updated: [...new Set(called)], removed: [] },
    ...formerReps.map((rep) => {
      const removed = moved.filter(({ from }) => from === rep).map(({ id }) => id);
      return { entity, repId: rep, created: [], updated: [], removed };
    }),
  ].filter((news) => news.created.length + news.updated.length + news.removed.length > 0);
}
