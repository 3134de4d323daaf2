import { expect, it } from 'vitest';
import { targetObstacle } from './transfer-target.js';

const from = { id: 'a', kind: 'staff', hasOwnSchedule: true } as const;

it.each([
  ['another rep', { ...from, id: 'b' }, undefined],
  ['the same', from, 'same'],
  ['nobody', null, 'unknown'],
  ['a portal user', { ...from, id: 'b', kind: 'portal' }, 'unknown'],
  ['somebody without an own schedule', { ...from, id: 'b', hasOwnSchedule: false }, 'no_schedule'],
] as const)('records to %s', (_who, to, obstacle) => {
  expect(targetObstacle(from, to)).toBe(obstacle);
});
