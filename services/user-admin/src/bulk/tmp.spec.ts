import { it } from 'vitest';
import { blankState } from '../users/account-state.js';
import { planChange } from '../users/plan-account.js';
import { consequencesOf } from '../users/account-rules.js';
it('x', () => {
  const before = { ...blankState('staff', 'de'), email: 'a@b.at', firstName: 'A', lastName: 'B', displayName: 'A B', username: 'a' };
  const context = { company: { language: 'de', country: 'AT' }, today: '2026-03-14' } as const;
  for (let k = 0; k < 3; k++) {
    const c = process.cpuUsage();
    for (let i = 0; i < 20000; i++) { const p = planChange(before, { title: 'Dr.', language: 'en' }, context); consequencesOf(before, p.after); }
    const u = process.cpuUsage(c);
    console.log('planChange us each', (u.user + u.system) / 20000);
  }
});
