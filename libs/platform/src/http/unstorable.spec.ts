import { expect, it } from 'vitest';
import { unstorableTexts } from './unstorable.js';

it.each([
  ['plain text, emoji and control characters', { a: ['ü', '👍🏽', '\t\u0001'], b: { c: null, d: 1 } }, []],
  ['NUL', { a: { 'b/c': ['x', 'y\0'] } }, ['/a/b~1c/1']],
  ['half a surrogate pair', ['\ud83d', '\udc4d'], ['/0', '/1']],
  ['NUL in the name of a property', { a: { 'x\0': 1 } }, ['/a']],
  ['NUL alone', '\0', ['']],
])('finds %s', (_name, value, pointers) => {
  expect(unstorableTexts(value)).toEqual(pointers);
});

it('refuses what is nested without end', () => {
  const value: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));
  expect(() => unstorableTexts(value)).toThrow('malformed_request');
});
