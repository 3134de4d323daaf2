import { describe, expect, it } from 'vitest';
import { Problem } from '@muster/contracts';
import { isBeyondLicences, usesLicence } from './licence-rule.js';
import { isOfRole1, roleOf } from './role.js';
import { takenValue } from './taken-value.js';

describe('licences', () => {
  it('are used by staff with its own schedule only', () => {
    expect(usesLicence({ kind: 'staff', hasOwnSchedule: true })).toBe(true);
    expect(usesLicence({ kind: 'staff', hasOwnSchedule: false })).toBe(false);
    expect(usesLicence({ kind: 'portal', hasOwnSchedule: true })).toBe(false);
  });

  it.each([
    [1, 0, false],
    [1, 1, true],
    [0, 0, true],
    [5, 4, false],
    [5, 7, true],
  ])('%i with %i in use: one more is beyond: %s', (licences, inUse, beyond) => {
    expect(isBeyondLicences({ licences, inUse })).toBe(beyond);
  });
});

it.each([
  ['staff', 0, 'user', false],
  ['staff', 1, 'supervisor', false],
  ['staff', 2, 'administrator', false],
  ['portal', 0, 'portal', false],
  ['portal', 2, 'portal', false],
  ['person', 0, 'person', false],
  ['person', 1, 'person', false],
  ['person', 2, 'person', true],
] as const)('%s of level %i is a %s to others', (kind, level, role, ofRole1) => {
  expect([roleOf(kind, level), isOfRole1(kind, level)]).toEqual([role, ofRole1]);
});

describe('a violated constraint', () => {
  const violation = (constraint: string) => Object.assign(new Error(), { code: '23505', constraint });

  it.each([
    ['UQ_user_account_email', '', 'email', '/email'],
    ['UQ_user_account_employee_number', '', 'employeeNumber', '/employeeNumber'],
    ['UQ_user_account_username', '/administrator', 'username', '/administrator/username'],
  ])('%s names its field', (constraint, at, field, pointer) => {
    const problem = takenValue(violation(constraint), at);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ code: 'value_taken', params: { field }, errors: [{ pointer }] });
  });

  it('of another kind stays what it is', () => {
    for (const error of [violation('PK_user_account'), Object.assign(new Error(), { code: '40001' }), 'text']) {
      expect(takenValue(error)).toBe(error);
    }
  });
});
