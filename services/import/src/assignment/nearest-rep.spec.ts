import { describe, expect, it } from 'vitest';
import { nearestReps } from './nearest-rep.js';

const PEOPLE = [
  { email: 'anna.berger@example.com', employeeNumber: '00417' },
  { email: 'Bob@example.com', employeeNumber: 'AD-12' },
  { email: 'rep07@example.com', employeeNumber: '7' },
  { email: 'eve@other.example', employeeNumber: '007' },
  { email: null, employeeNumber: null },
];

describe('whom a value that names nobody may mean', () => {
  it.each([
    ['ana.berger@example.com', 'anna.berger@example.com'],
    ['Anna.Berger@exmaple.com', 'anna.berger@example.com'],
    ['annaberger@example.com', 'anna.berger@example.com'],
    ['anna.berger', 'anna.berger@example.com'],
    ['bob@exampel.com', 'Bob@example.com'],
    // Another person.
    ['eva@example.com', undefined],
    ['rep08@example.com', undefined],
    ['eve@example.com', undefined],
    ['@example.com', undefined],
    ['Nord', undefined],
  ])('%s: %s', (value, expected) => {
    expect(nearestReps([value], PEOPLE, 'email').get(value)).toBe(expected);
  });

  it.each([
    ['417', '00417'],
    ['0417', '00417'],
    ['ad12', 'AD-12'],
    ['418', undefined],
    // Two could be meant.
    ['07', undefined],
    ['0', undefined],
  ])('number %s: %s', (value, expected) => {
    expect(nearestReps([value], PEOPLE, 'employeeNumber').get(value)).toBe(expected);
  });

  it('is looked for where it is a slip, and not where the column is the wrong one', () => {
    const wrong = Array.from({ length: 5_000 }, (_, i) => `ana.berger@example${i}.com`);
    expect(nearestReps(wrong, PEOPLE, 'email').size).toBeLessThanOrEqual(50);
    const many = wrong.map((email) => ({ email, employeeNumber: null }));
    expect(nearestReps(['x@example.com'], many, 'email').size).toBe(0);
  });
});
