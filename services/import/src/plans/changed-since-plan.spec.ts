import { describe, expect, it } from 'vitest';
import { initialCounters } from '../imports/counters.js';
import { countDecidedOtherwise, countOtherwise, isOtherwise, shownVerdict } from './changed-since-plan.js';

const city = { field: 'city', from: 'Wien', to: 'Graz' };
const name = { field: 'name1', from: 'A', to: 'B' };
const INVALID = { outcome: 'invalid', code: 'rep_not_found' } as const;
const IGNORED = { outcome: 'ignored', code: 'rep_not_found' } as const;

describe('a row is otherwise than the plan showed', () => {
  it.each([
    ['as it was shown', { outcome: 'updated', changes: [city] }, { outcome: 'updated', changes: [city] }, false],
    ['in another order', { outcome: 'updated', changes: [city, name] }, { outcome: 'updated', changes: [name, city] }, false],
    ['another outcome', { outcome: 'created' }, { outcome: 'updated', changes: [city] }, true],
    ['done by somebody else meanwhile', { outcome: 'updated', changes: [city] }, { outcome: 'unchanged' }, true],
    ['another old value', { outcome: 'updated', changes: [city] }, { outcome: 'updated', changes: [{ ...city, from: 'Linz' }] }, true],
    ['another new value', { outcome: 'updated', changes: [city] }, { outcome: 'updated', changes: [{ ...city, to: null }] }, true],
    ['a further field', { outcome: 'updated', changes: [city] }, { outcome: 'updated', changes: [city, name] }, true],
    ['another record', { outcome: 'unchanged', recordId: 'a' }, { outcome: 'unchanged', recordId: 'b' }, true],
    ['a record that is new has its id only then', { outcome: 'created' }, { outcome: 'created', recordId: 'b' }, false],
    ['invalid for another reason', { outcome: 'invalid' }, { outcome: 'invalid', recordId: 'b' }, false],
  ] as const)('%s', (_case, planned, done, expected) => {
    expect(isOtherwise(planned, done)).toBe(expected);
  }); // prettier-ignore
});

describe('the answers of a chunk', () => {
  const done = [
    { row: 2, outcome: 'created' },
    { row: 3, outcome: 'updated', changes: [city] },
    { row: 4, outcome: 'invalid' },
  ] as const;

  it('are compared with those that were shown; what nobody was shown is not otherwise', () => {
    const planned = [
      { row: 3, outcome: 'updated', changes: [name] },
      { row: 4, outcome: 'created' },
    ] as const;
    expect(countOtherwise(planned, undefined, done)).toBe(2);
    expect(countOtherwise([], undefined, done)).toBe(0);
  });

  it('are compared with what was said of all of them', () => {
    expect(countOtherwise([], INVALID, done)).toBe(2);
  });
});

describe('rows whose value named somebody else in the plan', () => {
  const plan = { ...initialCounters(10), created: 5, invalid: 3, ignored: 2, unprocessed: 0 };
  const rows = { rows: 8, settled: 2, plan };

  it.each([
    ['the same', undefined, undefined, 0],
    ['nobody any more: all but those that were invalid by themselves', undefined, INVALID, 7],
    ['nobody, and these are ignored', undefined, IGNORED, 8],
    ['nobody as before', INVALID, INVALID, 0],
    ['nobody, ignored, then refused', IGNORED, INVALID, 10],
    ['somebody: the owner says, but of settled rows', IGNORED, undefined, 2],
    ['somebody: the owner says', INVALID, undefined, 0],
  ] as const)('%s', (_case, shown, now, expected) => {
    expect(countDecidedOtherwise(rows, shown, now)).toBe(expected);
  });

  it('were shown by the status that the plan saw', () => {
    const rep = { plannedStatus: 'notFound', excluded: false } as const;
    expect(shownVerdict(rep, 'refuse')).toEqual(INVALID);
    expect(shownVerdict({ ...rep, plannedStatus: 'found' }, 'refuse')).toBeUndefined();
    expect(shownVerdict({ ...rep, plannedStatus: null }, 'refuse')).toBeUndefined();
  });
});
