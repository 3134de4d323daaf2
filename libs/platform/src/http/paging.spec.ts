import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeCursor, decodeIdCursor, encodeCursor, pageOf, toPage } from './paging.js';

const invalid: unknown = expect.objectContaining({ code: 'invalid_cursor' });
const attempt = (cursor: string, length = 1) => {
  try {
    return decodeCursor(cursor, length);
  } catch (error) {
    return error;
  }
};
const cursorOf = (json: string) => Buffer.from(json).toString('base64url');

describe('cursor', () => {
  it('brings back the values it was made of', () => {
    // JSON has no negative zero.
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
    const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null));
    fc.assert(
      fc.property(fc.array(scalar), (values) => {
        expect(decodeCursor(encodeCursor(values), values.length)).toEqual(values);
      }),
    );
  });

  it('needs no escaping in an address', () => {
    expect(encodeCursor(['Österreich/?&=+ ü', 7])).toMatch(/^[\w-]+$/);
  });

  it.each([
    ['no base64', '%%%'],
    ['empty', ''],
    ['no JSON', cursorOf('{')],
    ['no list', cursorOf('{"0":1,"length":1}')],
    ['too many values', cursorOf('[1,2]')],
    ['too few values', cursorOf('[]')],
    ['an object as value', cursorOf('[{"a":1}]')],
    ['NUL, which the database refuses', cursorOf('["a\\u0000"]')],
  ])('is refused: %s', (_name, cursor) => {
    expect(attempt(cursor)).toEqual(invalid);
  });
});

describe('toPage', () => {
  const rows = [{ no: 1 }, { no: 2 }, { no: 3 }];
  const keyOf = (row: { no: number }) => [row.no];

  it('has a next page only when one row more than asked for came', () => {
    expect(toPage(rows, 3, keyOf)).toEqual({ items: rows, nextCursor: null });
    expect(toPage(rows, 2, keyOf)).toEqual({ items: rows.slice(0, 2), nextCursor: encodeCursor([2]) });
    expect(toPage([], 2, keyOf)).toEqual({ items: [], nextCursor: null });
  });
});

describe('pageOf', () => {
  class CustomerDto {}

  it('makes one class, named after the item', () => {
    expect(pageOf(CustomerDto).name).toBe('CustomerPage');
    expect(pageOf(CustomerDto)).toBe(pageOf(CustomerDto));
  });
});

describe('decodeIdCursor', () => {
  const id = '0193d2a1c4f07b6e8a1f2c3d4e5f6071';

  it('brings back an id, or none', () => {
    expect(decodeIdCursor(encodeCursor([id]))).toBe(id);
    expect(decodeIdCursor(undefined)).toBeUndefined();
  });

  it.each([['x'], [7], [null]])('refuses %j, which the database would choke on', (value) => {
    expect(() => decodeIdCursor(encodeCursor([value]))).toThrow(invalid);
  });
});
