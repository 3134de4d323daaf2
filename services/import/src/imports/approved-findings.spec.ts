import { describe, expect, it } from 'vitest';
import type { GuardFinding } from '@muster/import-model';
import { approvedFindings } from './approved-findings.js';

const PLANNED: GuardFinding = { effect: 'deactivations', planned: 30, base: 100, limit: 20, exceeded: true };

describe('an approval', () => {
  it('lets pass what the plan does', () => {
    expect(approvedFindings([PLANNED])).toEqual([PLANNED]);
  });

  it('lets pass as much as the limits that it raises', () => {
    expect(approvedFindings([PLANNED], { percent: 40, count: 500 })).toMatchObject([{ planned: 40, limit: 40 }]);
    expect(approvedFindings([PLANNED], { percent: 30, count: 500 })).toMatchObject([{ planned: 30, limit: 30 }]);
  });

  it('is refused where its limits are too low for the plan', () => {
    expect(() => approvedFindings([PLANNED], { percent: 100, count: 29 })).toThrow(
      expect.objectContaining({ code: 'guard_exceeded', params: expect.objectContaining({ limit: 29 }) as unknown }),
    );
  });
});
