import { describe, expect, it } from 'vitest';
import { parseDocument } from './read-configuration.js';

describe('parseDocument', () => {
  it('reads JSON', () => {
    expect(parseDocument('{"a": ["ü", "\\u0001"]}')).toEqual({ a: ['ü', '\u0001'] });
  });

  it.each<[string, string, object]>([
    ['no JSON', '{', { code: 'malformed_request' }],
    ['NUL', '{"a": {"b": "x\\u0000"}}', refused('/configuration/a/b')],
    ['half a surrogate pair', '{"a": ["\\ud83d"]}', refused('/configuration/a/0')],
    ['NUL in a name', '{"x\\u0000": 1}', refused('/configuration')],
  ])('refuses %s', (_name, text, problem) => {
    expect(() => parseDocument(text)).toThrow(expect.objectContaining(problem));
  });
});

function refused(pointer: string): object {
  return { code: 'validation_failed', errors: [{ pointer, code: 'invalid_character' }] };
}
