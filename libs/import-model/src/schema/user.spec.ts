import { describe, expect, it } from 'vitest';
import { parseCell } from '../values/compile-column.js';
import { fieldOf, type FieldSchema } from './field-schema.js';
import { USER } from './user.js';

function fieldNamed(id: string): FieldSchema {
  const field = fieldOf(USER, id);
  if (!field) throw new Error(`There is no field ${id}`);
  return field;
}

describe('the user', () => {
  it.each(USER.fields.map((field) => [field.id, field] as const))(
    '%s has a valid example and all texts',
    (_id, field) => {
      expect(parseCell(field, field.example)).toMatchObject({ ok: true });
      for (const texts of [field.label, field.description])
        for (const text of [texts.en, texts.de]) expect(text).not.toBe('');
    },
  );

  it('can tell its fields apart by each header it knows', () => {
    const headers = USER.fields.flatMap(({ id, label, synonyms }) => [
      ...new Set([id, label.en, label.de, ...synonyms].map((text) => text.toLowerCase())),
    ]);
    expect(headers.filter((header, i) => headers.indexOf(header) !== i)).toEqual([]);
  });

  it.each([
    ['Vorname', 'firstName'],
    ['Email-Adresse', 'email'],
    ['Hat eigenen Besuchsplan', 'hasOwnSchedule'],
    ['Portatour ID', 'id'],
  ])('knows the header %s', (header, id) => {
    expect(fieldNamed(id).synonyms.concat(fieldNamed(id).label.de)).toContain(header);
  });

  it('names only its own fields in its rules', () => {
    const named = [...USER.presetKeys, ...[...USER.unique, ...USER.together].flatMap(({ fields }) => fields)];
    for (const id of named) expect(fieldOf(USER, id)?.id).toBe(id);
    for (const id of USER.presetKeys) expect(fieldOf(USER, id)?.usableAsKey).toBe(true);
  });

  it.each([
    ['authorizationLevel', '1', '1'],
    ['authorizationLevel', 'Administrator', '2'],
    ['authorizationLevel', 'vorgesetzter', '1'],
    ['authorizationLevel', 'BENUTZER', '0'],
    ['hasOwnSchedule', 'Nein', false],
    ['hasOwnSchedule', '1', true],
    ['language', 'Deutsch', 'de'],
    ['language', 'EN', 'en'],
    ['gender', 'Prefer not to say', 'prefer_not_to_say'],
    ['gender', 'weiblich', 'female'],
    ['workingHours.mon.from', '8:30', '08:30'],
    ['workingHours.mon.from', 'geschlossen', 'closed'],
    ['workingHours.sun.to', 'Closed', 'closed'],
    ['userGroups', ' North ; Key accounts;;North', 'North;Key accounts'],
    ['userGroups', ';', null],
    ['employeeNumber', '00417', '00417'],
    ['uprn', '000012345678', '000012345678'],
    ['dateOfBirth', '17.05.1980', '1980-05-17'],
    ['drivingSpeed.city', '-20', -20],
  ] as const)('reads %s %j as %j', (id, text, value) => {
    expect(parseCell(fieldNamed(id), text)).toEqual({ ok: true, value });
  });

  it.each([
    ['authorizationLevel', '3', 'unknown_code'],
    ['hasOwnSchedule', 'maybe', 'invalid_value'],
    ['workingHours.mon.from', '25:00', 'invalid_value'],
    ['workBreak.from', 'closed', 'invalid_value'],
    ['userGroups', 'x'.repeat(41), 'entry_too_long'],
    ['userGroups', Array.from({ length: 98 }, (_, i) => `g${i}`).join(';'), 'too_many_entries'],
    ['roles', 'a\tb', 'separator_in_value'],
    ['uprn', '12345678', 'uprn_too_short'],
    ['uprn', '1234567890123', 'uprn_digits'],
    ['email', 'nobody', 'invalid_value'],
    ['mobile', 'call me', 'invalid_value'],
    ['title', 'Professor', 'too_long'],
    ['drivingSpeed.city', '51', 'invalid_value'],
  ])('refuses %s %j: %s', (id, text, code) => {
    expect(parseCell(fieldNamed(id), text)).toMatchObject({ ok: false, problem: { code, field: id } });
  });
});
