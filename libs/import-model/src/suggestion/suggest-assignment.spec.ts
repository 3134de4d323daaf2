import { describe, expect, it } from 'vitest';
import { differentValues, suggestAssignment, type KnownReps } from './suggest-assignment.js';

const KNOWN: KnownReps = {
  email: new Set(['anna@example.com', 'bert@example.com']),
  employeeNumber: new Set(['1', '2', '3']),
};

function suggest(columns: Record<string, string[]>) {
  const samples = Object.entries(columns).map(([header, cells]) => ({ header, cells }));
  return suggestAssignment(samples, KNOWN, 50);
}

describe('the column that says whose a row is', () => {
  it('is the one whose values name accounts', () => {
    const found = suggest({
      Name: ['A', 'B', 'C'],
      Mail: ['x@example.com', 'y@example.com', 'z@example.com'],
      Whose: ['anna@example.com', ' anna@example.com ', '', 'bert@example.com'],
    });
    expect(found).toEqual({ column: 2, header: 'Whose', by: 'email', confidence: 0.8, values: 2, found: 2 });
  });

  it('of two that could be, the one whose header says so', () => {
    const numbers = ['1', '2', '3'];
    expect(suggest({ 'Customer no.': numbers, Mitarbeiter: numbers })).toMatchObject({
      header: 'Mitarbeiter',
      by: 'employeeNumber',
    });
  });

  it.each<[string, Record<string, string[]>]>([
    ['no value names anybody', { Rep: ['x@example.com'] }],
    ['only few do', { Number: ['1', '2', '77', '78', '79', '80'] }],
    ['there is none', { Rep: ['', ' '] }],
    ['there is no column', {}],
  ])('is not guessed where %s', (_case, columns) => {
    expect(suggest(columns)).toBeUndefined();
  });

  it('is judged by its different values, and not by all of them', () => {
    expect(differentValues({ header: '', cells: ['a', 'b ', ' b', 'c', 'd'] }, 3)).toEqual(['a', 'b', 'c']);
  });
});
