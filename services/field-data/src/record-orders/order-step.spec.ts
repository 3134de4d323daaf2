import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, counted, planTransfer, type TransferCandidate } from './order-step.js';

const NOW = new Date('2026-11-23T12:00:00Z');

describe('a transfer', () => {
  const candidate = (id: string, externalId: string | null, binned = false): TransferCandidate => ({
    id,
    externalId,
    binned,
  });

  it.each<[string, TransferCandidate, string[], string[]]>([
    ['takes what has no external id', candidate('a', null), ['7'], ['a']],
    ['takes what the other rep does not have', candidate('a', '7'), ['007'], ['a']],
    ['leaves what the other rep has', candidate('a', '7'), ['7'], []],
    ['takes what lies in the recycle bin, whatever the other rep has', candidate('a', '7', true), ['7'], ['a']],
  ])('%s', (_what, one, held, moved) => {
    const holders = new Map(held.map((externalId) => [externalId, 'other']));
    const plan = planTransfer([one], holders);
    expect(plan.moved).toEqual(moved);
    expect(plan.kept).toEqual(moved.length > 0 ? [] : [{ id: 'a', externalId: '7', heldBy: 'other' }]);
  });

  it('moves or keeps each record, in their order', () => {
    const records = fc.uniqueArray(
      fc.record({ id: fc.uuid(), externalId: fc.option(fc.constantFrom('1', '2', '3')), binned: fc.boolean() }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(records, fc.subarray(['1', '2', '3']), (candidates, held) => {
        const { moved, kept } = planTransfer(candidates, new Map(held.map((one) => [one, 'other'])));
        const keptIds = kept.map(({ id }) => id);
        expect(candidates.map(({ id }) => id).filter((id) => !keptIds.includes(id))).toEqual(moved);
        expect(moved.length + kept.length).toBe(candidates.length);
      }),
    );
  });
});

it('steps add up, by entity', () => {
  const first = counted([], { entity: 'customer', done: 1_000, kept: 0 });
  const second = counted(first, { entity: 'customer', done: 10, kept: 2 });
  const third = counted(second, { entity: 'task', done: 1, kept: 0 });
  expect(counted(third, { entity: 'report', done: 0, kept: 0 })).toEqual([
    { entity: 'customer', done: 1_010, kept: 2 },
    { entity: 'task', done: 1, kept: 0 },
  ]);
});

describe('an order whose steps fail', () => {
  const waitsOf = (kind: 'removal' | 'transfer', all: number[]) =>
    all.map((failures) => Number(afterFailure({ kind }, failures, NOW).nextAt) - Number(NOW));

  it('waits longer each time', () => {
    expect(waitsOf('transfer', [1, 2, 3, 9])).toEqual([500, 1_000, 2_000, 128_000]);
  });

  it('ends when it is a transfer', () => {
    const end = { failures: 10, state: 'failed', failure: 'unexpected_error', finishedAt: NOW };
    expect(afterFailure({ kind: 'transfer' }, 10, NOW)).toEqual(end);
  });

  it('is tried for ever when it is a removal', () => {
    expect(waitsOf('removal', [10, 11, 1_000_000])).toEqual([256_000, 300_000, 300_000]);
    expect(afterFailure({ kind: 'removal' }, 1_000_000, NOW).failures).toBe(1_000);
  });
});
