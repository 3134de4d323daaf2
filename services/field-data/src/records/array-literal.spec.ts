import { describe, expect, it } from 'vitest';
import { arrayLiteral } from './array-literal.js';

describe('arrayLiteral', () => {
  it('quotes texts, so that neither NULL nor blanks nor commas mean anything', () => {
    expect(arrayLiteral(['NULL', '', ' a ', 'a,b', '{x}'])).toBe('{"NULL",""," a ","a,b","{x}"}');
  });

  it('escapes quotes and backslashes', () => {
    expect(arrayLiteral(['say "hi"', 'C:\\new'])).toBe('{"say \\"hi\\"","C:\\\\new"}');
  });

  it('writes numbers, booleans and nothing', () => {
    expect(arrayLiteral([1, -2.5, 1e-7, true, false, null, undefined])).toBe('{1,-2.5,1e-7,true,false,NULL,NULL}');
  });

  it('keeps every other character', () => {
    expect(arrayLiteral(['Löwe 🦁\n\t\u0001'])).toBe('{"Löwe 🦁\n\t\u0001"}');
  });
});
