import { describe, expect, it } from 'vitest';
import { closingLine } from './closing-line.js';

describe('closing line', () => {
  it('says what passed and failed, and what was skipped only when something was', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 }, 0)).toBe('12 passed, 0 failed');
    expect(closingLine({ passed: 3, failed: 2, skipped: 1 }, 1)).toBe('3 passed, 2 failed, 1 skipped');
  });

  it('never looks better than the exit code', () => {
    expect(closingLine({ passed: 12, failed: 0, skipped: 0 }, 1)).toBe('12 passed, 1 failed');
  });
});
