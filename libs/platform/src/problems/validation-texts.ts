import type { Texts } from '@muster/contracts';

/** What can be wrong with one value of a request. `unknown_property` is in the catalogue of problems. */
export const VALIDATION_TEXTS = {
  required: { en: 'This value is required.', de: 'Dieser Wert ist erforderlich.' },
  wrong_type: {
    en: 'Expected {expected, select, text {a text} integer {a whole number} number {a number} boolean {true or false} list {a list} object {an object} date {a date} other {another type}}.',
    de: 'Erwartet wird {expected, select, text {ein Text} integer {eine ganze Zahl} number {eine Zahl} boolean {true oder false} list {eine Liste} object {ein Objekt} date {ein Datum} other {ein anderer Typ}}.',
  },
  too_short: {
    en: 'At least {limit, plural, one {one character} other {# characters}}.',
    de: 'Mindestens {limit, plural, one {ein Zeichen} other {# Zeichen}}.',
  },
  too_long: {
    en: 'At most {limit, plural, one {one character} other {# characters}}.',
    de: 'Höchstens {limit, plural, one {ein Zeichen} other {# Zeichen}}.',
  },
  too_small: { en: 'Not below {limit}.', de: 'Nicht kleiner als {limit}.' },
  too_large: { en: 'Not above {limit}.', de: 'Nicht größer als {limit}.' },
  too_few: {
    en: 'At least {limit, plural, one {one entry} other {# entries}}.',
    de: 'Mindestens {limit, plural, one {ein Eintrag} other {# Einträge}}.',
  },
  too_many: {
    en: 'At most {limit, plural, one {one entry} other {# entries}}.',
    de: 'Höchstens {limit, plural, one {ein Eintrag} other {# Einträge}}.',
  },
  not_unique: { en: 'The entries must differ.', de: 'Die Einträge müssen verschieden sein.' },
  not_allowed: { en: 'Expected one of: {values}.', de: 'Erwartet wird einer der Werte: {values}.' },
  invalid_format: {
    en: 'Expected {expected, select, email {an e-mail address} url {a URL} id {an id of 32 hexadecimal digits} date {a date such as 2026-11-30} timeZone {a time zone such as Europe/Vienna} country {a country code such as AT} other {another format}}.',
    de: 'Erwartet wird {expected, select, email {eine E-Mail-Adresse} url {eine URL} id {eine ID aus 32 hexadezimalen Ziffern} date {ein Datum wie 2026-11-30} timeZone {eine Zeitzone wie Europe/Vienna} country {ein Ländercode wie AT} other {ein anderes Format}}.',
  },
  invalid_character: {
    en: 'The text holds a character that cannot be stored (NUL or half a surrogate pair).',
    de: 'Der Text enthält ein Zeichen, das nicht gespeichert werden kann (NUL oder ein halbes Surrogatpaar).',
  },
  invalid_value: { en: 'This value is not valid.', de: 'Dieser Wert ist ungültig.' },
} as const satisfies Record<string, Texts>;

export type ValidationCode = keyof typeof VALIDATION_TEXTS;
