import { describe, expect, it } from 'vitest';
import { usernameCandidate, usernameCandidates, USERNAME_LIMIT } from './username.js';

describe('a username that is made', () => {
  it.each([
    ['anna.muster@example.com', 1, 'anna.muster'],
    ['Anna@example.com', 1, 'Anna'],
    ['"a@b"@example.com', 1, '"a@b"'],
    ['anna@example.com', 2, 'anna2'],
    ['anna@example.com', 10, 'anna10'],
  ])('%s, try %i: %s', (email, n, expected) => {
    expect(usernameCandidate(email, n)).toBe(expected);
  });

  it('is never longer than allowed, and keeps its number', () => {
    const email = `${'x'.repeat(64)}@example.com`;
    expect(usernameCandidate(email, 1)).toBe('x'.repeat(USERNAME_LIMIT));
    expect(usernameCandidate(email, 123)).toBe(`${'x'.repeat(USERNAME_LIMIT - 3)}123`);
  });

  it('is cut between characters, not within one', () => {
    expect(usernameCandidate(`${'👩'.repeat(60)}@example.com`, 1)).toBe('👩'.repeat(USERNAME_LIMIT));
  });

  it('is tried in order', () => {
    expect(usernameCandidates('a@b.at', 1, 3)).toEqual(['a', 'a2', 'a3']);
    expect(usernameCandidates('a@b.at', 51, 1)).toEqual(['a51']);
  });
});
