import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { columnOf } from '../configuration/column-of.js';
import type { StoredRecord } from '../planning/row-plan.js';
import { configurationOf, importRow, problemsOf, textOf, type RowCase } from '../test-support/import-row.js';
import { ROW_PROBLEMS, type RowProblemCode } from './row-problems.js';

const ID = '0193d2a1c4f07b6e8a1f2c3d4e5f6071';
const KEY = { TargetFieldID: 'externalId', UpdateBehavior: 2 };
const ADLER: StoredRecord = { id: ID, externalId: 'K1', name1: 'Adler', city: 'Wien' };

type Produced = RowCase & { column: string | undefined; en: string; de: string };

const customer = (more: Record<string, string | object>, ...row: string[]) =>
  ({
    entity: 'customer',
    mappings: { 'Customer no.': KEY, Name: 'name1', ...more },
    row: ['K1', 'Adler', ...row],
  }) as const;
const user = (more: Record<string, string | object>, ...row: string[]) =>
  ({
    entity: 'user',
    mappings: { Mail: 'email', First: 'firstName', Last: 'lastName', ...more },
    row: ['anna@example.com', 'Anna', 'Berger', ...row],
  }) as const; // prettier-ignore
const visit = (more: Record<string, string>) =>
  ({
    entity: 'appointment',
    mappings: { No: KEY, Subject: 'subject', ...Object.fromEntries(Object.keys(more).map((field) => [field, field])) },
    row: ['T1', 'S', ...Object.values(more)],
  }) as const;

/** A row of a file for every code that reading cells and planning rows can give; for some, one for each of its texts. */
const ROWS: Partial<Record<RowProblemCode, readonly Produced[]>> = {
  required: [
    { ...customer({}), row: ['K1', ''], column: 'Name', en: 'This field cannot be empty.', de: 'Dieses Feld darf nicht leer sein.' },
    { ...user({}), row: ['', 'Anna', 'Berger'], mappings: { Mail: 'email', First: 'firstName', Last: { TargetFieldID: 'lastName', UpdateBehavior: 2 } }, column: 'Mail', en: 'This field cannot be empty.', de: 'Dieses Feld darf nicht leer sein.' },
  ],
  invalid_value: [
    { ...customer({}), row: ['K 1', 'Adler'], column: 'Customer no.', en: '"K 1" cannot be read here. Expected: letters, digits, dots and - _ { } only.', de: '„K 1“ ist hier nicht lesbar. Erwartet: nur Buchstaben, Ziffern, Punkte und - _ { }.' },
    { ...customer({ Interval: 'callInterval' }, 'often'), column: 'Interval', en: '"often" cannot be read here. Expected: a whole number.', de: '„often“ ist hier nicht lesbar. Erwartet: eine ganze Zahl.' },
    { ...customer({ Interval: 'callInterval' }, '4000'), column: 'Interval', en: '"4000" cannot be read here. Expected: a number from 0 to 3650.', de: '„4000“ ist hier nicht lesbar. Erwartet: eine Zahl von 0 bis 3650.' },
    { ...customer({ Blocked: 'doNotCall' }, 'maybe'), column: 'Blocked', en: '"maybe" cannot be read here. Expected: yes or no.', de: '„maybe“ ist hier nicht lesbar. Erwartet: Ja oder Nein.' },
    { ...customer({ Visit: 'lastCall' }, 'gestern'), column: 'Visit', en: '"gestern" cannot be read here. Expected: a date and time such as 2026-12-31 14:30 or 31.12.2026 14:30.', de: '„gestern“ ist hier nicht lesbar. Erwartet: Datum und Uhrzeit wie 31.12.2026 14:30 oder 2026-12-31 14:30.' },
    { ...customer({ Visit: 'lastCall' }, '31.12.2026'), source: { dateFormat: 'M/d/yyyy' }, column: 'Visit', en: '"31.12.2026" cannot be read here. Expected: a date written as M/d/yyyy.', de: '„31.12.2026“ ist hier nicht lesbar. Erwartet: ein Datum in der Form M/d/yyyy.' },
    { ...customer({ Tel: 'phone' }, 'after 9'), column: 'Tel', en: '"after 9" cannot be read here. Expected: digits, blanks and + ( ) - / only.', de: '„after 9“ ist hier nicht lesbar. Erwartet: nur Ziffern, Leerzeichen und + ( ) - /.' },
    { ...customer({ Mail: 'email' }, 'none'), column: 'Mail', en: '"none" cannot be read here. Expected: one e-mail address.', de: '„none“ ist hier nicht lesbar. Erwartet: eine E-Mail-Adresse.' },
    { ...customer({ Web: 'website' }, 'javascript:alert(1)'), column: 'Web', en: '"javascript:alert(1)" cannot be read here. Expected: a web address.', de: '„javascript:alert(1)“ ist hier nicht lesbar. Erwartet: eine Internetadresse.' },
    { ...customer({ Lat: 'latitude', Lon: 'longitude' }, 'north', '1'), column: 'Lat', en: '"north" cannot be read here. Expected: a number.', de: '„north“ ist hier nicht lesbar. Erwartet: eine Zahl.' },
    { ...visit({ city: 'Graz', duration: 'long' }), column: 'duration', en: '"long" cannot be read here. Expected: whole minutes such as 90, or hours and minutes such as 1:30.', de: '„long“ ist hier nicht lesbar. Erwartet: ganze Minuten wie 90, oder Stunden und Minuten wie 1:30.' },
    { ...user({ Born: 'dateOfBirth' }, '31.02.1980'), column: 'Born', en: '"31.02.1980" cannot be read here. Expected: a date such as 2026-12-31 or 31.12.2026.', de: '„31.02.1980“ ist hier nicht lesbar. Erwartet: ein Datum wie 31.12.2026 oder 2026-12-31.' },
    { ...user({ Monday: 'workingHours.mon.from' }, '25:00'), column: 'Monday', en: '"25:00" cannot be read here. Expected: a time such as 08:30, or closed.', de: '„25:00“ ist hier nicht lesbar. Erwartet: eine Uhrzeit wie 08:30, oder geschlossen.' },
    { ...user({ Break: 'workBreak.from' }, 'noon'), column: 'Break', en: '"noon" cannot be read here. Expected: a time such as 14:30.', de: '„noon“ ist hier nicht lesbar. Erwartet: eine Uhrzeit wie 14:30.' },
  ],
  too_long: [{ ...customer({ Category: 'category' }, 'x'.repeat(51)), column: 'Category', en: 'The text has 51 characters, 50 are allowed.', de: 'Der Text hat 51 Zeichen, erlaubt sind 50.' }],
  invalid_character: [
    { ...customer({ Notes: 'notes' }, 'a\u0000b'), column: 'Notes', en: 'The text holds an invisible character (NUL), which cannot be stored. Type the text anew.', de: 'Der Text enthält ein unsichtbares Zeichen (NUL), das sich nicht speichern lässt. Geben Sie den Text neu ein.' },
    { ...customer({ Notes: 'notes' }, 'a\ud83e'), column: 'Notes', en: 'The text holds a damaged character, which cannot be stored. Type the text anew.', de: 'Der Text enthält ein beschädigtes Zeichen, das sich nicht speichern lässt. Geben Sie den Text neu ein.' },
  ],
  error_cell: [
    { ...customer({ City: 'city' }, '#N/A'), kinds: ['text', 'text', 'error'], column: 'City', en: 'The cell shows the error #N/A instead of a value. Correct its formula, or type the value.', de: 'Die Zelle zeigt den Fehler #N/A statt eines Werts. Berichtigen Sie ihre Formel oder tragen Sie den Wert ein.' },
    { ...customer({ Last: 'lastCall' }, '#####'), kinds: ['text', 'text', 'error'], column: 'Last', en: 'The cell holds ##### instead of its value: the column was too narrow when a spreadsheet saved the file. Widen it there and save again, or type the value.', de: 'Die Zelle enthält ##### statt ihres Werts: Die Spalte war zu schmal, als eine Tabellenkalkulation die Datei speicherte. Machen Sie sie dort breiter und speichern Sie neu, oder tragen Sie den Wert ein.' },
  ],
  external_id_fixed: [{ entity: 'customer', mappings: { Name: { TargetFieldID: 'name1', UpdateBehavior: 2 }, Number: 'externalId' }, row: ['Adler', 'K2'], stored: [ADLER], column: 'Number', en: 'The external id of this record is set already and cannot be changed.', de: 'Die externe ID dieses Datensatzes ist bereits gesetzt und lässt sich nicht mehr ändern.' }],
  unknown_code: [
    { entity: 'task', mappings: { No: KEY, Subject: 'subject', Prio: 'priority' }, row: ['A1', 'S', 'hig'], column: 'Prio', en: '"hig" is none of the values of this field. Did you mean "high"? Allowed: Low, Normal, High.', de: '„hig“ ist keiner der Werte dieses Feldes. Meinten Sie „high“? Erlaubt: Niedrig, Normal, Hoch.' },
    { ...user({ Level: 'authorizationLevel' }, '9'), column: 'Level', en: '"9" is none of the values of this field. Allowed: User, Supervisor, Administrator.', de: '„9“ ist keiner der Werte dieses Feldes. Erlaubt: Benutzer, Vorgesetzter, Administrator.' },
  ],
  unknown_customer: [{ ...visit({ customer: 'K 1', earliestBegin: '2026-03-14 09:00', duration: '5' }), column: 'customer', en: 'This rep has no customer with the number or id "K 1".', de: 'Dieser Mitarbeiter hat keinen Kunden mit der Nummer oder ID „K 1“.' }],
  coordinates_incomplete: [
    { ...customer({ Lat: 'latitude', Lon: 'longitude' }, '47', ''), column: 'Lon', en: 'Latitude and longitude go together: give both or neither.', de: 'Breiten- und Längengrad gehören zusammen: Geben Sie beide an oder keinen.' },
    { ...user({ Lat: 'home.latitude', Lon: 'home.longitude' }, '', '15'), column: 'Lat', en: 'Latitude and longitude go together: give both or neither.', de: 'Breiten- und Längengrad gehören zusammen: Geben Sie beide an oder keinen.' },
  ],
  customer_or_address_missing: [{ ...visit({ customer: '', earliestBegin: '2026-03-14 09:00', duration: '5' }), column: 'customer', en: 'An appointment needs a customer or an address: at least a city, a postal code or coordinates.', de: 'Ein Termin braucht einen Kunden oder eine Adresse: mindestens Ort, Postleitzahl oder Koordinaten.' }],
  appointment_times: [
    { ...visit({ city: 'Graz', duration: '5', earliestBegin: '' }), column: 'earliestBegin', en: 'Two of earliest begin, latest end and duration are needed.', de: 'Zwei von frühestem Beginn, spätestem Ende und Dauer sind nötig.' },
    { ...visit({ city: 'Graz', wholeDay: 'yes', earliestBegin: '' }), column: 'earliestBegin', en: 'An appointment of a whole day needs its day as the earliest begin.', de: 'Ein ganztägiger Termin braucht seinen Tag als frühesten Beginn.' },
    { ...visit({ city: 'Graz', earliestBegin: '2026-03-14 09:00', latestEnd: '2026-03-14 08:00' }), column: 'latestEnd', en: 'The latest end is before the earliest begin.', de: 'Das späteste Ende liegt vor dem frühesten Beginn.' },
    { ...visit({ city: 'Graz', earliestBegin: '2026-03-14 09:00', latestEnd: '2026-03-14 10:00', duration: '90' }), column: 'duration', en: 'The duration is longer than the 60 minutes between earliest begin and latest end.', de: 'Die Dauer ist länger als die 60 Minuten zwischen frühestem Beginn und spätestem Ende.' },
  ],
  report_times: [{ entity: 'report', mappings: { No: KEY, Type: 'type', From: 'start', Until: 'end' }, row: ['B1', 'other', '2026-03-14 09:00', '2026-03-14 08:00'], column: 'Until', en: 'The end is before the start.', de: 'Das Ende liegt vor dem Beginn.' }],
  separator_in_value: [{ ...user({ Roles: 'roles' }, 'a\tb'), column: 'Roles', en: 'The value must not have a semicolon, line break or other control character: files separate values by them.', de: 'Der Wert darf kein Semikolon, keinen Zeilenumbruch und kein anderes Steuerzeichen haben: Dateien trennen damit Werte.' }],
  entry_too_long: [{ ...user({ Groups: 'userGroups' }, `North;${'x'.repeat(41)}`), column: 'Groups', en: `"${'x'.repeat(41)}" has too many characters, 40 are allowed for each of the values.`, de: `„${'x'.repeat(41)}“ hat zu viele Zeichen, erlaubt sind für jeden der Werte 40.` }],
  too_many_entries: [{ ...user({ Groups: 'userGroups' }, Array.from({ length: 98 }, (_, i) => `g${i}`).join(';')), column: 'Groups', en: 'The cell has 98 values, 97 are allowed.', de: 'Die Zelle hat 98 Werte, erlaubt sind 97.' }],
  uprn_digits: [{ ...user({ UPRN: 'uprn' }, 'A12'), column: 'UPRN', en: 'A UPRN has 12 digits.', de: 'Eine UPRN hat 12 Ziffern.' }],
  uprn_too_short: [{ ...user({ UPRN: 'uprn' }, '12345678'), column: 'UPRN', en: 'A UPRN has 12 digits, this one has 8: a spreadsheet probably dropped leading zeros.', de: 'Eine UPRN hat 12 Ziffern, diese hat 8: Vermutlich hat eine Tabellenkalkulation führende Nullen entfernt.' }],
  key_empty: [{ ...customer({}), row: ['', 'Adler'], column: 'Customer no.', en: 'The cell that says which record is meant is empty.', de: 'Die Zelle, die sagt, welcher Datensatz gemeint ist, ist leer.' }],
  key_not_found: [{ ...customer({}), mode: 'update', column: 'Customer no.', en: 'No record has this value. The row was passed over, since this import only changes what there is.', de: 'Kein Datensatz hat diesen Wert. Die Zeile wurde übergangen, denn dieser Import ändert nur, was es schon gibt.' }],
  unknown_id: [
    { entity: 'customer', mappings: { ID: 'id', Name: 'name1' }, row: [ID, 'Adler'], column: 'ID', en: 'No record that this row can mean has this id. Ids are given by the system; what is new has none.', de: 'Kein Datensatz, den diese Zeile meinen kann, hat diese ID. IDs vergibt das System; was neu ist, hat noch keine.' },
    { ...user({ ID: 'id' }, '4711'), column: 'ID', en: 'No record that this row can mean has this id. Ids are given by the system; what is new has none.', de: 'Kein Datensatz, den diese Zeile meinen kann, hat diese ID. IDs vergibt das System; was neu ist, hat noch keine.' },
  ],
  duplicate_key: [{ ...customer({}), mode: 'create', stored: [ADLER], column: 'Customer no.', en: 'A record with this value exists already, and this import only creates new ones.', de: 'Einen Datensatz mit diesem Wert gibt es bereits, und dieser Import legt nur neue an.' }],
  ambiguous_key: [{ entity: 'customer', mappings: { Name: { TargetFieldID: 'name1', UpdateBehavior: 2 } }, row: ['Adler'], stored: [ADLER, { ...ADLER, id: ID.replace('1', '2') }], column: 'Name', en: '2 records have this value, so the row does not say which one it means.', de: '2 Datensätze haben diesen Wert, daher sagt die Zeile nicht, welchen sie meint.' }],
}; // prettier-ignore

const ROOT = new URL('../../../../', import.meta.url);
const OF_FILE = 'services/import/src/results/row-codes.spec.ts';
const OF_ACCOUNTS = 'services/user-admin/src/import-chunks/row-codes.int-spec.ts';

/** Codes that it takes the whole file, or what else is stored, to give; and where a row of theirs is. */
const ELSEWHERE: Partial<Record<RowProblemCode, string>> = {
  extra_cells: OF_FILE,
  row_cut_off: OF_FILE,
  duplicate_in_file: OF_FILE,
  rep_not_found: OF_FILE,
  rep_missing: OF_FILE,
  rep_without_schedule: OF_FILE,
  rep_excluded: OF_FILE,
  rep_skipped: OF_FILE,
  value_taken: OF_ACCOUNTS,
  unknown_group: OF_ACCOUNTS,
  phone_characters: OF_ACCOUNTS,
  phone_not_international: OF_ACCOUNTS,
  date_not_past: OF_ACCOUNTS,
  times_incomplete: OF_ACCOUNTS,
  times_reversed: OF_ACCOUNTS,
  licence_exceeded: OF_ACCOUNTS,
  last_administrator: OF_ACCOUNTS,
  too_many_groups: OF_ACCOUNTS,
  key_of_other_kind: OF_ACCOUNTS,
  schedule_removal_not_allowed: OF_ACCOUNTS,
  invalid_format: OF_ACCOUNTS,
  unexpected_error: 'services/field-data/src/import-chunks/chunk-delivery.int-spec.ts',
};

const cases = Object.entries(ROWS).flatMap(([code, rows]) => rows.map((row) => ({ code, ...row })));

describe('the codes of rows', () => {
  it.each(cases)('$code, $column: $en', ({ code, column, en, de, ...row }) => {
    const plan = importRow(row);
    expect(plan.outcome).toBe(code === 'key_not_found' ? 'ignored' : 'invalid');
    const problems = problemsOf(plan);
    expect(problems.map((problem) => [problem.code, columnOf(problem, configurationOf(row))])).toEqual([[code, column]]);
    expect(problems.map((problem) => textOf(problem, 'en'))).toEqual([en]);
    expect(problems.map((problem) => textOf(problem, 'de'))).toEqual([de]);
  }); // prettier-ignore

  it('each have a row here, or where more than a row is at hand', () => {
    const known = [...Object.keys(ROWS), ...Object.keys(ELSEWHERE)];
    expect(known.toSorted()).toEqual(Object.keys(ROW_PROBLEMS).toSorted());
  });

  it.each(Object.entries(ELSEWHERE))('%s has a row in %s', async (code, file) => {
    expect(await readFile(new URL(file, ROOT), 'utf8')).toMatch(new RegExp(`['" ]${code}\\b`));
  });
});

describe('the texts of rows', () => {
  it.each(Object.entries(ROW_PROBLEMS))('%s: whole sentences, German quotes in German, none of ours for people', (_code, { en, de }) => {
    for (const text of [en, de]) expect(text).not.toMatch(/null|undefined|NaN|\bJSON\b|canonical|kanonisch/);
    expect(en).not.toMatch(/[„“]/);
    expect(de).not.toMatch(/"|\b(du|dein|deine|dir|dich)\b/i);
  }); // prettier-ignore
});
