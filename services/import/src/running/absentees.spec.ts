import { describe, expect, it } from 'vitest';
import { isUnreadable, plannedAbsentees } from './absentees.js';

describe('those who are absent from the file of a sync', () => {
  it('are the active ones for whom no row stands', () => {
    expect(plannedAbsentees(10, 7, false)).toMatchObject({ planned: 3, withheld: null });
    expect(plannedAbsentees(3, 7, false)).toMatchObject({ planned: 0 });
  });

  it('stay where a row does not say whom it means', () => {
    expect(plannedAbsentees(10, 7, true)).toMatchObject({ planned: 0, withheld: 'unreadable_rows' });
    expect(isUnreadable({ row: 2, outcome: 'invalid', problems: [{ code: 'key_empty' }] })).toBe(true);
    expect(isUnreadable({ row: 2, outcome: 'failed', problems: [{ code: 'unexpected_error' }] })).toBe(true);
    expect(isUnreadable({ row: 2, outcome: 'invalid', problems: [{ code: 'value_taken' }] })).toBe(false);
    expect(isUnreadable({ row: 2, outcome: 'updated', problems: [{ code: 'key_empty' }] })).toBe(false);
  });
});
