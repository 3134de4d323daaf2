import { isId, Problem, type Id } from '@muster/contracts';
import { decodeCursor } from '@muster/platform';
import type { ListCustomersQuery } from './customer.dto.js';
import type { CustomerFilter, CustomerRow } from './customer.repository.js';

const EXACT_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{6}Z$/;

/** @throws Problem invalid_cursor */
export function listFilter(query: ListCustomersQuery): CustomerFilter {
  const { rep: repId, q, limit, cursor, updatedSince: since } = query;
  const [first, id] = cursor === undefined ? [undefined, undefined] : cursorOf(cursor, since !== undefined);
  const after = first === undefined || id === undefined ? undefined : ([first, id] as const);
  const order =
    since === undefined
      ? ({ by: 'rep', after } as const)
      : ({ by: 'change', since: since.toISOString(), after } as const);
  // One more than the page has, to see whether there is a next one.
  return { repId, q: q || undefined, limit: limit + 1, order };
}

/** What the list is ordered by; see {@link listFilter}. */
export function cursorKey(row: CustomerRow, { order }: CustomerFilter): [string, Id] {
  return [order.by === 'change' ? row.updatedAtExact : row.repId, row.id];
}

function cursorOf(cursor: string, byChange: boolean): [string, Id] {
  const [first, id] = decodeCursor(cursor, 2).map(String);
  const isTime = (text: string) => EXACT_TIME.test(text) && !Number.isNaN(Date.parse(text));
  if (first === undefined || id === undefined) throw new Problem('invalid_cursor');
  if (!(byChange ? isTime(first) : isId(first)) || !isId(id)) throw new Problem('invalid_cursor');
  return [first, id];
}
