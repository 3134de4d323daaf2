import { PROBLEMS, type Texts } from '@muster/contracts';

/** Of those that the API knows too, the same words. */
const SAID_ALIKE = [
  'unknown_group',
  'separator_in_value',
  'not_for_kind',
  'phone_characters',
  'phone_not_international',
  'uprn_digits',
  'uprn_too_short',
  'date_not_past',
  'time_format',
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
    en: 'The key belongs to an account of another kind, which this import does not touch.',
    de: 'Der Schlüssel gehört zu einem Konto anderer Art, das dieser Import nicht berührt.',
  },
  schedule_removal_not_allowed: {
    en: 'Without its own schedule the account would lose its customers and appointments. The import needs the option that allows it.',
    de: 'Ohne eigene Termine verlöre das Konto seine Kunden und Termine. Der Import braucht die Option, die das erlaubt.',
  },
  not_unique: {
    en: 'A value stands twice in the cell.',
    de: 'Ein Wert steht zweimal in der Zelle.',
  },
  invalid_format: {
    en: 'The value has not the form that is expected here.',
    de: 'Der Wert hat nicht die Form, die hier erwartet wird.',
  },
} as const satisfies Record<string, Texts>;
