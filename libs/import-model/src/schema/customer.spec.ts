import { describe, expect, it } from 'vitest';
import { parseCell } from '../values/compile-column.js';
import { CUSTOMER } from './customer.js';
import { entitySchema, isEntityName } from './entities.js';
import { fieldOf } from './field-schema.js';

describe('the customer', () => {
  it('has its fields', () => {
    expect(CUSTOMER.fields.map(({ id }) => id).join(' ')).toBe(
      'id externalId name1 name2 name3 salutation firstName lastName street postalCode city state country ' +
        'latitude longitude phone mobile email website callInterval callDuration category notes businessHours doNotCall lastCall',
    );
    expect(CUSTOMER.fields.filter(({ required }) => required).map(({ id }) => id)).toEqual(['name1']);
    expect(CUSTOMER.fields.filter(({ readOnly }) => readOnly).map(({ id }) => id)).toEqual(['id']);
  });

  it.each(CUSTOMER.fields.map((field) => [field.id, field] as const))(
    '%s has a valid example and both labels',
    (_id, field) => {
      expect(parseCell(field, field.example)).toMatchObject({ ok: true });
      for (const texts of [field.label, field.description])
        for (const text of [texts.en, texts.de]) expect(text).not.toBe('');
    },
  );

  it('can tell its fields apart by each header it knows', () => {
    const headers = CUSTOMER.fields.flatMap(({ id, label, synonyms }) => [
      ...new Set([id, label.en, label.de, ...synonyms].map((text) => text.toLowerCase())),
    ]);
    expect(headers.filter((header, i) => headers.indexOf(header) !== i)).toEqual([]);
  });

  it('names only its own fields in its rules', () => {
    const named = [
      ...CUSTOMER.presetKeys,
      ...[...CUSTOMER.unique, ...CUSTOMER.together].flatMap(({ fields }) => fields),
    ];
    for (const id of named) expect(fieldOf(CUSTOMER, id)?.id).toBe(id);
    for (const id of CUSTOMER.presetKeys) expect(fieldOf(CUSTOMER, id)?.usableAsKey).toBe(true);
  });
});

describe('entities', () => {
  it.each(['constructor', '__proto__', 'Customer', ''])('%j is none', (name) => {
    expect(isEntityName(name)).toBe(false);
    expect(() => entitySchema(name)).toThrow('no entity');
  });

  it('customer is one', () => {
    expect(entitySchema('customer')).toBe(CUSTOMER);
  });
});
