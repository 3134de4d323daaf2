import 'reflect-metadata';
import { describe, expect, it } from 'vitest';
import { AnyOf, choiceSchema, OneOf, requireChoice } from './one-of.js';

@OneOf('file', 'parts')
class Exactly {}

@AnyOf('file', 'parts')
class AtLeast {}

class Anything {}

describe('a body that wants one of several properties', () => {
  it.each([
    [Exactly, {}, '/file', 'required'],
    [Exactly, { file: null, other: 1 }, '/file', 'required'],
    [Exactly, { file: 'a', parts: {} }, '/parts', 'invalid_value'],
    [AtLeast, {}, '/file', 'required'],
  ])('%o refuses %j', (type, body, pointer, code) => {
    expect(() => requireChoice(body, type)).toThrow(
      expect.objectContaining({ code: 'validation_failed', errors: [{ pointer, code }] }) as Error,
    );
  });

  it.each([
    [Exactly, { parts: {} }],
    [Exactly, { file: 'a', parts: null }],
    [AtLeast, { file: 'a', parts: {} }],
    [Anything, {}],
  ])('%o takes %j', (type, body) => {
    expect(() => requireChoice(body, type)).not.toThrow();
  });

  it('says so in the document', () => {
    const way = (name: string) => ({ required: [name], properties: { [name]: { not: { type: 'null' } } } });
    expect(choiceSchema(Exactly)).toEqual({ oneOf: [way('file'), way('parts')] });
    expect(choiceSchema(AtLeast)).toEqual({ allOf: [{ anyOf: [way('file'), way('parts')] }] });
    expect(choiceSchema(Anything)).toEqual({});
  });
});
