import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '@muster/contracts';
import { ACCOUNT_FIELDS } from '../users/account-fields.js';
import type { StoredChange } from './audit-entry.js';
import { fieldChanges } from './field-changes.js';
import { fieldText } from './field-texts.js';

describe('the fields of an entry', () => {
  it('say what they were and are, in the language of the reader', () => {
    const stored: StoredChange[] = [{ field: 'home.postalCode', from: null, to: '1010' }];
    expect(fieldChanges(stored, 'de')).toEqual([
      { field: 'home.postalCode', label: 'Wohnort, Postleitzahl', from: null, to: '1010', secret: null },
    ]);
  });

  it('say of a secret only what became of it', () => {
    expect(fieldChanges([{ field: 'password', secret: 'changed' }], 'en')).toEqual([
      { field: 'password', label: 'Password', from: null, to: null, secret: 'changed' },
    ]);
  });

  it.each<[string, StoredChange, unknown[]]>([
    [
      'an object into the values that differ',
      {
        field: 'defaults',
        from: { a: 1, b: { c: 'x', d: 'y' } },
        to: { b: { c: 'z', d: 'y' }, a: 1, e: [true] },
      },
      [
        { field: 'defaults.b.c', from: 'x', to: 'z' },
        { field: 'defaults.e', from: null, to: [true] },
      ],
    ],
    ['an object that came', { field: 'o', from: null, to: { a: 1 } }, [{ field: 'o.a', from: null, to: 1 }]],
    ['a list into nothing', { field: 'l', from: ['a'], to: [] }, [{ field: 'l', from: ['a'], to: [] }]],
  ])('take %s apart', (_name, stored, changes) => {
    expect(fieldChanges([stored], 'en')).toMatchObject(changes);
    expect(fieldChanges([stored], 'en')).toHaveLength(changes.length);
  });
});

describe('the name of a field', () => {
  it.each(ACCOUNT_FIELDS.filter(({ id }) => id !== 'id').map(({ id }) => id))('%s is there in all languages', (id) => {
    for (const language of LANGUAGES) expect(fieldText(id, language)).not.toBe(id);
  });

  it.each(['somethingNew', 'home.somethingNew', 'group.somethingNew', 'constructor', 'home.constructor'])(
    'of %s, which it does not know, is its id',
    (id) => expect(fieldText(id, 'en')).toBe(id),
  );
});
