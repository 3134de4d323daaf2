import type { ProblemDetail } from '@muster/contracts';
import { INHERITED_FIELDS } from './account-fields.js';

export function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d$/.test(value);
}

type Values = Readonly<Record<string, unknown>>;

/** `workingHours.mon`, ..., `workBreak`: what has a beginning and an end. */
const SPANS = INHERITED_FIELDS.flatMap(({ id, property }) =>
  id.endsWith('.from') ? [{ id: id.slice(0, -'.from'.length), fromName: property, toName: endOf(property) }] : [],
);

function endOf(from: string): string {
  return `${from.slice(0, -'From'.length)}To`;
}

/**
 * What is wrong with the times that were wished for: beginning and end go together, in this order; `closed` in both.
 * @param wishes and after by the entity's properties
 */
export function timeFaults(wishes: Values, after: Values): ProblemDetail[] {
  return SPANS.flatMap(({ id, fromName, toName }) => {
    if (wishes[fromName] === undefined && wishes[toName] === undefined) return [];
    const [from, to] = [after[fromName] ?? null, after[toName] ?? null];
    const pointer = `/${id.replaceAll('.', '/')}`;
    if (from === null || to === null) {
      return from === to ? [] : [{ pointer: `${pointer}/${from === null ? 'from' : 'to'}`, code: 'times_incomplete' }];
    }
    if ((from === 'closed') !== (to === 'closed')) {
      // What was not sent along is missing.
      return [{ pointer: `${pointer}/${wishes[toName] === undefined ? 'to' : 'from'}`, code: 'times_incomplete' }];
    }
    if (from === 'closed') return [];
    // What is no time has been told already.
    if (!isTime(from) || !isTime(to)) return [];
    return from < to ? [] : [{ pointer: `${pointer}/to`, code: 'times_reversed' }];
  });
}
