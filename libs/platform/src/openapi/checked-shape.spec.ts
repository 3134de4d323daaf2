import { expect, it } from 'vitest';
import { mayBeNull, orNull, withChecks, type Check } from './checked-shape.js';

const check = (name: string, ...constraints: unknown[]): Check => ({ name, constraints });

it.each([
  ['a text that is not blank', { type: 'string' }, [check('isNotEmpty')], { type: 'string', minLength: 1, pattern: '\\S' }],
  [
    'the longer of two least lengths, in any order',
    { type: 'string' },
    [check('minLength', 12), check('isNotEmpty'), check('maxLength', 128)],
    { type: 'string', minLength: 12, maxLength: 128, pattern: '\\S' },
  ],
  ['no limit where there is none', { type: 'string' }, [check('maxLength', Infinity)], { type: 'string' }],
  ['a whole number', { type: 'number' }, [check('isInt'), check('min', 1)], { type: 'integer', minimum: 1 }],
  ['a whole number or null', { type: ['number', 'null'] }, [check('isInt')], { type: ['integer', 'null'] }],
  ['what was said by hand', { type: 'string', maxLength: 9 }, [check('maxLength', 10)], { type: 'string', maxLength: 9 }],
  [
    'a list and its entries',
    { type: 'array', items: { type: 'string' } },
    [check('arrayMaxSize', 3), check('arrayUnique'), check('matches', /^[0-9a-f]{32}$/)],
    { type: 'array', maxItems: 3, uniqueItems: true, items: { type: 'string', pattern: '^[0-9a-f]{32}$' } },
  ],
  ['no pattern whose flags JSON Schema lacks', { type: 'string' }, [check('matches', /^a$/i)], { type: 'string' }],
  ['nothing of rules without a keyword', { type: 'string' }, [check('isTimeZone')], { type: 'string' }],
])('says %s', (_name, schema, checks, expected) => {
  expect(withChecks(schema, checks)).toEqual(expected);
}); // prettier-ignore

it.each([
  [{ type: 'string' }, { type: ['string', 'null'] }],
  [{ type: 'string', enum: ['a'] }, { type: ['string', 'null'], enum: ['a', null] }],
  [{ type: ['string', 'null'] }, { type: ['string', 'null'] }],
  [{ $ref: '#/x' }, { anyOf: [{ $ref: '#/x' }, { type: 'null' }] }],
])('%j or null', (schema, expected) => {
  expect(orNull(schema)).toEqual(expected);
});

it('lets null pass where a value may be left out', () => {
  expect(mayBeNull([check('isOptional'), check('isString')])).toBe(true);
  expect(mayBeNull([check('isString')])).toBe(false);
});
