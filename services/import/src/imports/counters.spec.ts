import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROW_OUTCOMES } from '@muster/contracts';
import { addOutcomes, countOutcomes, initialCounters } from './counters.js';

describe('counters', () => {
  it('add up to the rows read whatever the outcomes', () => {
    const outcomes = fc.array(fc.record({ outcome: fc.constantFrom(...ROW_OUTCOMES) }), { maxLength: 50 });
    fc.assert(
      fc.property(outcomes, fc.nat(50), (answers, left) => {
        const { read, ...rest } = addOutcomes(initialCounters(answers.length + left), countOutcomes(answers));
        expect(read).toBe(answers.length + left);
        expect(Object.values(rest).reduce((sum, count) => sum + count, 0)).toBe(read);
        expect(rest.unprocessed).toBe(left);
      }),
    );
  });
});
