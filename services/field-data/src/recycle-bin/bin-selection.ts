import { isId, Problem, type Id } from '@muster/contracts';
import { decodeCursor } from '@muster/platform';
import { narrowed } from '../record-api/list-filter.js';
import { RECORD_KINDS, type RecordKind } from '../record-api/record-kind.js';
import type { BinCause, ListRecycleBinQuery, RecycleBinFilter, RecycleBinSelection } from './recycle-bin.dto.js';

/** For so long a record stays in the recycle bin. */
export const DAYS_IN_BIN = 14;
const MS_PER_DAY = 86_400_000;

const EXACT_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;
const IMPORT = 'import:';

/** Which records of the recycle bin are meant. */
export interface BinFilter {
  readonly kinds: readonly RecordKind[];
  /** Only these; preset: all. */
  readonly ids?: readonly Id[];
  /** Only records of these reps; null: of all. */
  readonly repIds: readonly Id[] | null;
  readonly cause?: BinCause | undefined;
  readonly deletedSince?: Date | undefined;
}

/** Where a page of the recycle bin ended: the latest deletion comes first. */
export interface BinPlace {
  /** With its microseconds. */
  readonly deletedAt: string;
  readonly id: Id;
}

/** @param reach of the caller, see `RecordSight` */
export function binFilter(query: RecycleBinFilter | ListRecycleBinQuery, reach: readonly Id[] | null): BinFilter {
  const { rep, entity, cause, deletedSince } = query;
  return {
    kinds: RECORD_KINDS.filter(({ table }) => (entity ?? table.schema.name) === table.schema.name),
    repIds: narrowed(reach, rep ?? undefined),
    cause: cause ?? undefined,
    deletedSince: deletedSince ?? undefined,
  };
}

/** @throws Problem records_not_chosen unless it is either ids or a filter */
export function selectedOf({ ids, filter }: RecycleBinSelection, reach: readonly Id[] | null): BinFilter {
  if (ids && !filter) return { kinds: RECORD_KINDS, ids: [...new Set(ids)], repIds: reach };
  if (filter && !ids) return binFilter(filter, reach);
  throw new Problem('records_not_chosen');
}

/** @throws Problem invalid_cursor */
export function binPlace(cursor: string | undefined): BinPlace | undefined {
  if (cursor === undefined) return undefined;
  const [deletedAt = '', id] = decodeCursor(cursor, 2).map(String);
  const isTime = EXACT_TIME.test(deletedAt) && !Number.isNaN(Date.parse(deletedAt));
  if (!isTime || !isId(id)) throw new Problem('invalid_cursor');
  return { deletedAt, id };
}

/** How a record came into the recycle bin, by what caused it. */
export function binCause(cause: string | null): { readonly cause: BinCause; readonly importId: Id | null } {
  if (cause?.startsWith(IMPORT)) return { cause: 'import', importId: cause.slice(IMPORT.length) };
  return { cause: 'hand', importId: null };
}

export function leavesAt(deletedAt: Date): Date {
  return new Date(deletedAt.getTime() + DAYS_IN_BIN * MS_PER_DAY);
}
