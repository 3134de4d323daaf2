import { describe, expect, it } from 'vitest';
import { getMetadataArgsStorage } from 'typeorm';
import { LANGUAGES } from '@muster/contracts';
import { ApiKey } from '../api-keys/api-key.entity.js';
import { StoredCodeList } from '../code-lists/code-list.entity.js';
import { Company } from '../companies/company.entity.js';
import { UserGroup } from '../groups/user-group.entity.js';
import { IdentityProvider } from '../identity-providers/identity-provider.entity.js';
import { ACCOUNT_FIELDS } from '../users/account-fields.js';
import type { StoredChange } from './audit-entry.js';
import { fieldChanges } from './field-changes.js';
import { fieldText } from './field-texts.js';

/** Given by the system, or a secret, which is called otherwise. */
const NOT_IN_THE_LOG = /^(?:id|companyId|version|createdAt|createdBy|updatedAt|lastUsedAt|list|\w+(?:Key|Order|Hash))$/;

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

  it.each([
    ['defaults.callInterval', 'Voreinstellungen, Besuchsintervall'],
    ['defaults.workingHours.mon.from', 'Voreinstellungen: Arbeitszeit, Montag, von'],
    ['defaults.defaults.callInterval', 'Voreinstellungen: Voreinstellungen, Besuchsintervall'],
    ['codes.GOLD.de', 'Codes, GOLD, Deutsch'],
    ['codes.A.B.permissions', 'Codes, A.B, Berechtigungen'],
  ])('%s is "%s"', (field, text) => expect(fieldText(field, 'de')).toBe(text));

  it('is there for all that is kept of companies, groups, keys and code lists', () => {
    const entities: unknown[] = [Company, UserGroup, ApiKey, IdentityProvider, StoredCodeList];
    const columns = getMetadataArgsStorage().columns.filter(({ target }) => entities.includes(target));
    const names = columns.map(({ propertyName }) => propertyName).filter((name) => !NOT_IN_THE_LOG.test(name));
    expect(names).toEqual(expect.arrayContaining(['accessLinkDays', 'matchBy', 'sequence', 'scopes', 'revokedAt']));
    expect(names.filter((name) => fieldText(name, 'de') === name || fieldText(name, 'en') === name)).toEqual([]);
  });

  it.each([
    'somethingNew',
    'codes.A.somethingNew',
    'defaults.somethingNew',
    'home.somethingNew',
    'group.somethingNew',
    'constructor',
    'home.constructor',
  ])('of %s, which it does not know, is its id', (id) => expect(fieldText(id, 'en')).toBe(id));
});
