import { describe, expect, it } from 'vitest';
import { fieldOf, USER, type FieldType } from '@muster/import-model';
import { LANGUAGES } from '@muster/contracts';
import { fieldText } from '../audit/field-texts.js';
import { ACCOUNT_FIELDS, type AccountFieldType } from '../users/account-fields.js';

/** How a file writes what the API calls so. */
const TYPES: Record<AccountFieldType, readonly FieldType[]> = {
  text: ['text'],
  multiline: ['multiline'],
  email: ['email'],
  phone: ['phone'],
  uprn: ['uprn'],
  recordId: ['recordId'],
  integer: ['integer'],
  number: ['number'],
  yesNo: ['yesNo'],
  date: ['date'],
  time: ['time', 'workingTime'],
  choice: ['selection'],
  language: ['selection'],
  list: ['list'],
  groups: ['list'],
};

describe('the entity user of imports', () => {
  const fields = ACCOUNT_FIELDS.filter(({ id }) => id !== 'kind');

  it('has the fields of accounts in their order, and whom to notify', () => {
    const stored = USER.fields.filter(({ onlyOnCreation }) => !onlyOnCreation);
    expect(stored.map(({ id }) => id)).toEqual(fields.map(({ id }) => id));
    expect(USER.fields.filter(({ onlyOnCreation }) => onlyOnCreation).map(({ id }) => id)).toEqual(['notify']);
  });

  it.each(fields.map((field) => [field.id, field] as const))(
    '%s is what it is in the API and in an export',
    (id, field) => {
      const imported = fieldOf(USER, id);
      const { type, readOnly, maxEntries, min, max, values, clearable } = field;
      expect(TYPES[type]).toContain(imported?.type);
      expect(imported).toMatchObject({
        readOnly,
        label: Object.fromEntries(LANGUAGES.map((language) => [language, fieldText(id, language)])),
      });
      // Groups are named in files; their names have a limit of their own.
      const maxLength = type === 'groups' ? 40 : field.maxLength;
      expect([imported?.maxLength, imported?.maxEntries, imported?.min, imported?.max]).toEqual([
        maxLength,
        maxEntries,
        min,
        max,
      ]);
      const codes = imported?.options?.map(({ code }) => code);
      expect(type === 'language' ? undefined : codes).toEqual(values?.map(String));
      expect(imported?.required === true && clearable).toBe(false);
    },
  );

  it('lets a day begin and end closed where accounts do', () => {
    const closing = USER.fields.filter(({ type }) => type === 'workingTime').map(({ id }) => id);
    expect(closing).toEqual(fields.map(({ id }) => id).filter((id) => id.startsWith('workingHours.')));
  });
});
