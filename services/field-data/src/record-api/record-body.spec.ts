import { describe, expect, it } from 'vitest';
import { Problem } from '@muster/contracts';
import { CUSTOMER } from '@muster/import-model';
import { objectOf, problemOfRow, readFields } from './record-body.js';

function valuesOf(body: Record<string, unknown>) {
  const { columns, values } = readFields(body, CUSTOMER, 'en');
  return Object.fromEntries(columns.map(({ field }, i) => [field, values[i]]));
}

function faultsOf(body: Record<string, unknown>, language: 'en' | 'de' = 'en') {
  try {
    readFields(body, CUSTOMER, language);
  } catch (error) {
    if (error instanceof Problem) return error.errors;
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('readFields', () => {
  it('takes values of the types that JSON has', () => {
    const body = {
      name1: ' Löwen ',
      callInterval: 28,
      doNotCall: true,
      externalId: '007',
      lastCall: '2026-03-14 09:30',
    };
    expect(valuesOf(body)).toEqual({ ...body, lastCall: '2026-03-14T09:30:00' });
  });

  it.each([0, -0.1, 1e-7, 47.07070707070707, 1.5e1])('reads the number %d as it is', (latitude) => {
    expect(valuesOf({ latitude })).toEqual({ latitude });
  });

  it('empties by null and by blanks', () => {
    expect(valuesOf({ city: null, street: '  ' })).toEqual({ city: null, street: null });
  });

  it.each([
    ['callInterval', '28', 'integer'],
    ['latitude', true, 'number'],
    ['doNotCall', 1, 'boolean'],
    ['name1', 5, 'text'],
    ['notes', ['a'], 'text'],
  ])('wants %s of its type, not %j', (field, value, expected) => {
    expect(faultsOf({ [field]: value })).toEqual([{ pointer: `/${field}`, code: 'wrong_type', params: { expected } }]);
  });

  it('refuses names of no field, whatever they are', () => {
    const body = JSON.parse('{"__proto__": 1, "constructor": 2, "a/b~c": 3, "id": "x"}') as Record<string, unknown>;
    const pointers = faultsOf(body).map(({ pointer }) => pointer);
    expect(pointers).toEqual(['/__proto__', '/constructor', '/a~1b~0c', '/id']);
  });

  it('explains in the reader’s language', () => {
    expect(faultsOf({ city: 'x'.repeat(101) }, 'de')[0]?.message).toBe('Der Text hat 101 Zeichen, erlaubt sind 100.');
  });
});

describe('problemOfRow', () => {
  it('names a fixed external id as such, and other problems with their fields', () => {
    expect(problemOfRow([{ code: 'external_id_fixed', field: 'externalId' }], 'en').code).toBe('external_id_fixed');
    const { code, errors } = problemOfRow([{ code: 'required', field: 'name1' }], 'en');
    expect([code, errors]).toEqual([
      'validation_failed',
      [{ pointer: '/name1', code: 'required', message: 'This field cannot be empty.' }],
    ]);
  });
});

describe('objectOf', () => {
  it.each([[null], [undefined], ['x'], [1], [[]]])('refuses %j', (body) => {
    expect(() => objectOf(body)).toThrow(Problem);
  });
});
