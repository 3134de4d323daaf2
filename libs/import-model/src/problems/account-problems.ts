import { PROBLEMS, type Texts } from '@muster/contracts';

/** Of those that the API knows too, the same words. */
const SAID_ALIKE = [
  'unknown_group',
  'separator_in_value',
  'phone_characters',
  'phone_not_international',
  'uprn_digits',
  'uprn_too_short',
  'date_not_past',
  'times_incomplete',
  'times_reversed',
  'licence_exceeded',
  'last_administrator',
] as const;
type Alike = (typeof SAID_ALIKE)[number];

const alike = Object.fromEntries(SAID_ALIKE.map((code) => [code, PROBLEMS[code].detail])) as Record<Alike, Texts>;

/** What can be wrong with a row about an account. */
export const ACCOUNT_PROBLEMS = {
  ...alike,
  entry_too_long: {
    en: '"{value}" has too many characters, {limit} are allowed for each of the values.',
    de: '„{value}“ hat zu viele Zeichen, erlaubt sind für jeden der Werte {limit}.',
  },
  too_many_entries: {
    en: 'The cell has {count} values, {limit} are allowed.',
    de: 'Die Zelle hat {count} Werte, erlaubt sind {limit}.',
  },
  too_many_groups: {
    en: 'The company would have more than {limit} user groups, so "{group}" is not made.',
    de: 'Die Firma hätte mehr als {limit} Benutzergruppen, daher wird „{group}“ nicht angelegt.',
  },
  key_of_other_kind: {
    en: 'This value belongs to an account of another kind, such as a portal user, which this import does not touch.',
    de: 'Dieser Wert gehört zu einem Konto anderer Art, etwa eines Portalbenutzers, das dieser Import nicht berührt.',
  },
  schedule_removal_not_allowed: {
    en: 'Without its own schedule the account would lose its customers, appointments, tasks and reports. The import has to allow that by its option "allowScheduleRemoval".',
    de: 'Ohne eigenen Besuchsplan verlöre das Konto seine Kunden, Termine, Aufgaben und Berichte. Der Import muss das mit seiner Option „allowScheduleRemoval“ erlauben.',
  },
  invalid_format: {
    en: 'The date is too long ago. Check its year.',
    de: 'Das Datum liegt zu weit zurück. Prüfen Sie das Jahr.',
  },
} as const satisfies Record<string, Texts>;
