import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inBatches } from './batches.js';
import { lagOf } from './watchdog.js';

const event = (size: number, n: number) => ({ key: String(n), headers: {}, value: 'x'.repeat(size) });

it('keeps every event in order and no batch over the limit, but for a single event', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(30)), (sizes) => {
      const events = sizes.map(event);
      const batches = inBatches(events, 20);
      expect(batches.flatMap((batch) => batch.events)).toEqual(events);
      for (const { events: some, bytes } of batches) {
        expect(bytes).toBe(some.reduce((sum, { value }) => sum + value.length, 0));
        expect(bytes <= 20 || some.length === 1).toBe(true);
      }
    }),
  );
});

it('counts bytes, not characters', () => {
  expect(inBatches([{ key: '', headers: {}, value: 'äö' }])[0]?.bytes).toBe(4);
});

it.each([
  ['nothing committed', -1, 10, 20, 10],
  ['some committed', 15, 10, 20, 5],
  ['all committed', 20, 10, 20, 0],
  ['what was committed is gone', 5, 10, 20, 10],
  ['an empty partition', -1, 0, 0, 0],
])('finds the lag of a group: %s', (_, offset, low, high, lag) => {
  const ends = [{ partition: 0, low: String(low), high: String(high) }];
  expect(lagOf(ends, [{ partition: 0, offset: String(offset) }])).toBe(lag);
});
