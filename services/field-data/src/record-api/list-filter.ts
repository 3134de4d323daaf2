import { isId, Problem, type Id } from '@muster/contracts';
import { decodeCursor } from '@muster/platform';
import type { ListRecordsQuery } from './list-records.dto.js';

const EXACT_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** What a list is sorted by, the id last. */
export interface ListOrder {
  readonly by: 'id' | 'updatedAt';
  readonly direction: 'asc' | 'desc';
}

/** Where a page ended. */
export interface ListPlace {
  /** `updatedAt` with its microseconds, where that is what the list is sorted by. */
  readonly updatedAt?: string;
  readonly id: Id;
}

export interface RecordFilter {
  /** Only records of these reps; null: of all. */
  readonly repIds: readonly Id[] | null;
  /** Only records of which words begin so. */
  readonly words: readonly string[];
  readonly externalId?: string | undefined;
  readonly updatedSince?: Date | undefined;
}

export interface ListRequest extends RecordFilter {
  readonly order: ListOrder;
  readonly after: ListPlace | undefined;
  readonly limit: number;
}

/**
 * @param reach of the caller, see `RecordSight`
 * @throws Problem invalid_cursor
 */
export function listRequest(
  query: Omit<ListRecordsQuery, 'cursor'> & { readonly cursor?: string },
  reach: readonly Id[] | null,
): ListRequest {
  const { rep, q, externalId, updatedSince, limit, cursor } = query;
  const { sort = updatedSince === undefined ? 'id' : 'updatedAt' } = query;
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const order = { by: sort.endsWith('id') ? 'id' : 'updatedAt', direction } as const;
  return {
    repIds: narrowed(reach, rep),
    words: wordsOf(q),
    externalId,
    updatedSince,
    order,
    after: cursor === undefined ? undefined : placeOf(cursor, order),
    // One more than the page has, to see whether there is a next one.
    limit: limit + 1,
  };
}

/** Of the reps that somebody may look at the one that is asked for; none when it is another. */
export function narrowed(reach: readonly Id[] | null, rep: Id | undefined): readonly Id[] | null {
  if (rep === undefined) return reach;
  return reach === null || reach.includes(rep) ? [rep] : [];
}

export function wordsOf(q: string | undefined): string[] {
  return [...new Set((q ?? '').trim().split(/\s+/u).filter(Boolean))];
}

/** The values of a cursor; see {@link listRequest}. */
export function cursorOf({ updatedAt, id }: ListPlace, { by }: ListOrder): unknown[] {
  return by === 'id' ? [id] : [updatedAt, id];
}

function placeOf(cursor: string, { by }: ListOrder): ListPlace {
  const values = decodeCursor(cursor, by === 'id' ? 1 : 2).map(String);
  const id = values.at(-1);
  if (!isId(id)) throw new Problem('invalid_cursor');
  if (by === 'id') return { id };
  const [updatedAt = ''] = values;
  if (!EXACT_TIME.test(updatedAt) || Number.isNaN(Date.parse(updatedAt))) throw new Problem('invalid_cursor');
  return { updatedAt, id };
}
