import type { Texts } from '@muster/contracts';

/** What can be wrong with what a record refers to, and between its fields. */
export const RECORD_PROBLEMS = {
  unknown_code: {
    en: '"{value}" is none of the values of this field.{near, select, yes { Did you mean "{nearest}"?} other {}} Allowed: {labelled, select, yes {{labelsEn}} other {{codes}}}.',
    de: '„{value}“ ist keiner der Werte dieses Feldes.{near, select, yes { Meinten Sie „{nearest}“?} other {}} Erlaubt: {labelled, select, yes {{labelsDe}} other {{codes}}}.',
  },
  unknown_customer: {
    en: 'This rep has no customer with the number or id "{value}".{near, select, yes { Did you mean "{nearest}"?} other {}}',
    de: 'Dieser Mitarbeiter hat keinen Kunden mit der Nummer oder ID „{value}“.{near, select, yes { Meinten Sie „{nearest}“?} other {}}',
  },
  coordinates_incomplete: {
    en: 'Latitude and longitude go together: give both or neither.',
    de: 'Breiten- und Längengrad gehören zusammen: Geben Sie beide an oder keinen.',
  },
  customer_or_address_missing: {
    en: 'An appointment needs a customer or an address: at least a city, a postal code or coordinates.',
    de: 'Ein Termin braucht einen Kunden oder eine Adresse: mindestens Ort, Postleitzahl oder Koordinaten.',
  },
  appointment_times: {
    en: `{reason, select,
      day {An appointment of a whole day needs its day as the earliest begin.}
      order {The latest end is before the earliest begin.}
      duration {The duration is longer than the {minutes, plural, one {# minute} other {# minutes}} between earliest begin and latest end.}
      other {Two of earliest begin, latest end and duration are needed.}}`,
    de: `{reason, select,
      day {Ein ganztägiger Termin braucht seinen Tag als frühesten Beginn.}
      order {Das späteste Ende liegt vor dem frühesten Beginn.}
      duration {Die Dauer ist länger als die {minutes, plural, one {# Minute} other {# Minuten}} zwischen frühestem Beginn und spätestem Ende.}
      other {Zwei von frühestem Beginn, spätestem Ende und Dauer sind nötig.}}`,
  },
  report_times: {
    en: 'The end is before the start.',
    de: 'Das Ende liegt vor dem Beginn.',
  },
} as const satisfies Record<string, Texts>;
