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
  not_allowed: {
    en: '{newer, select, yes {This is of a later version of Muster. } other {}}{near, select, yes {Did you mean "{nearest}"? } other {}}Expected one of: {values}.',
    de: '{newer, select, yes {Das stammt aus einer neueren Version von Muster. } other {}}{near, select, yes {Meinten Sie „{nearest}“? } other {}}Erwartet wird einer der Werte: {values}.',
  },
  invalid_format: {
    en: 'Expected {expected, select, email {an e-mail address} url {a URL} id {an id of 32 hexadecimal digits} date {a date such as 2026-11-30} timeZone {a time zone such as Europe/Vienna} country {a country code such as AT} datePattern {a pattern of day, month and year such as dd.MM.yyyy} errorLimit {a number, or a share of the rows such as "5 %"} other {another format}}.',
    de: 'Erwartet wird {expected, select, email {eine E-Mail-Adresse} url {eine URL} id {eine ID aus 32 hexadezimalen Ziffern} date {ein Datum wie 2026-11-30} timeZone {eine Zeitzone wie Europe/Vienna} country {ein Ländercode wie AT} datePattern {ein Muster aus Tag, Monat und Jahr wie dd.MM.yyyy} errorLimit {eine Zahl oder ein Anteil der Zeilen wie „5 %“} other {ein anderes Format}}.',
  },
  invalid_character: {
    en: 'The text holds a character that cannot be stored (NUL or half a surrogate pair).',
    de: 'Der Text enthält ein Zeichen, das nicht gespeichert werden kann (NUL oder ein halbes Surrogatpaar).',
  },
  invalid_value: {
    en: '{reason, select, twoSources {A value comes from a column or is a constant, not both.} ofCompany {What is imported here belongs to the company itself, so nothing is assigned to reps. Leave this out.} valueMap {Expected texts and what each of them means, such as \'{\'"y": "yes"\'}\', {limit} at most.} constant {The field cannot hold this value.} repTwice {A rep is named by e-mail or by employee number, not by both.} repOtherwise {The configuration names reps otherwise; name this one in the same way.} other {This value is not valid.}}',
    de: '{reason, select, twoSources {Ein Wert kommt aus einer Spalte oder ist eine Konstante, nicht beides.} ofCompany {Was hier importiert wird, gehört der Firma selbst und wird keinen Mitarbeitern zugeordnet. Lassen Sie das weg.} valueMap {Erwartet werden Texte und was jeder bedeutet, etwa \'{\'"J": "Ja"\'}\', höchstens {limit}.} constant {Das Feld kann diesen Wert nicht enthalten.} repTwice {Ein Mitarbeiter wird durch E-Mail oder Personalnummer benannt, nicht durch beides.} repOtherwise {Die Konfiguration benennt Mitarbeiter anders; benennen Sie diesen ebenso.} other {Dieser Wert ist ungültig.}}',
  },
} as const satisfies Record<string, Texts>;

export type ValidationCode = keyof typeof VALIDATION_TEXTS;
