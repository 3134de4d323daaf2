import { expect, it } from 'vitest';
import { commandsOf, MASS_CHANGE_STATES, type MassChangeState } from './mass-change-state.js';

it.each<[MassChangeState, string[]]>([
  ['planning', ['cancel']],
  ['planned', ['run', 'cancel']],
  ['awaitingApproval', ['approve', 'cancel']],
  ['running', ['cancel']],
  ['completed', []],
  ['completedWithErrors', []],
  ['cancelled', []],
  ['failed', []],
])('what is %s takes %j', (state, commands) => {
  expect(MASS_CHANGE_STATES).toContain(state);
  expect(commandsOf(state)).toEqual(commands);
});
