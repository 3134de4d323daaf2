import { expect, it } from 'vitest';
import { reachOf } from './record-access.js';

it.each([
  ['administrator', 'me', null],
  ['key', null, null],
  // A scope has let it in, which is for the records of all reps.
  ['person', 'me', null],
  ['supervisor', 'me', 'me'],
  ['user', 'me', 'me'],
  ['portal', 'me', 'me'],
] as const)('%s with the account %j reaches the records of %j', (role, userId, reach) => {
  expect(reachOf({ role, userId })).toBe(reach);
});
