import { defineProblems } from '../problem.js';

/** What can be wrong with one value of an account, a group or a code list. */
export const USER_VALUE_PROBLEMS = defineProblems({
  unknown_code: {
    status: 422,
    title: { en: 'Unknown code', de: 'Unbekannter Code' },
    detail: {
      en: 'The code list has no "{value}".{near, select, yes { Did you mean "{nearest}"?} other {}}',
      de: 'Die Codeliste enthält „{value}“ nicht.{near, select, yes { Meinten Sie „{nearest}“?} other {}}',
    },
  },
  unknown_group: {
    status: 422,
    title: { en: 'Unknown user group', de: 'Unbekannte Benutzergruppe' },
    detail: {
      en: 'There is no user group "{group}".{near, select, yes { Did you mean "{nearest}"?} other {}}',
      de: 'Es gibt keine Benutzergruppe „{group}“.{near, select, yes { Meinten Sie „{nearest}“?} other {}}',
    },
  },
  separator_in_value: {
    status: 422,
    title: { en: 'Separator in the value', de: 'Trennzeichen im Wert' },
    detail: {
      en: 'The value must not have a semicolon, line break or other control character: files separate values by them.',
      de: 'Der Wert darf kein Semikolon, keinen Zeilenumbruch und kein anderes Steuerzeichen haben: Dateien trennen damit Werte.',
    },
  },
  nothing_to_change: {
    status: 422,
    title: { en: 'Nothing to change', de: 'Nichts zu ändern' },
    detail: { en: 'Name at least one field.', de: 'Nennen Sie mindestens ein Feld.' },
  },
  groups_contradict: {
    status: 422,
    title: { en: 'Groups contradict each other', de: 'Gruppen widersprechen einander' },
    detail: {
      en: 'Either set the groups, or add and remove some; none of them both.',
      de: 'Legen Sie die Gruppen entweder fest, oder fügen Sie welche hinzu und nehmen welche weg; keine davon beides.',
    },
  },
  permissions_missing: {
    status: 422,
    title: { en: 'Permissions missing', de: 'Berechtigungen fehlen' },
    detail: {
      en: 'A role option needs the list of its permissions, which may be empty.',
      de: 'Eine Rollenoption braucht die Liste ihrer Berechtigungen; sie darf leer sein.',
    },
  },
  permissions_not_here: {
    status: 422,
    title: { en: 'Permissions not here', de: 'Berechtigungen hier nicht' },
    detail: { en: 'Only role options have permissions.', de: 'Nur Rollenoptionen haben Berechtigungen.' },
  },
  not_for_kind: {
    status: 422,
    title: { en: 'Not for this kind of account', de: 'Nicht für diese Kontoart' },
    detail: {
      en: 'Accounts of the kind {kind} cannot have this value.',
      de: 'Konten der Art {kind} können diesen Wert nicht haben.',
    },
  },
  phone_characters: {
    status: 422,
    title: { en: 'Not a phone number', de: 'Keine Telefonnummer' },
    detail: {
      en: 'A phone number has digits, blanks and + ( ) - / only.',
      de: 'Eine Telefonnummer hat nur Ziffern, Leerzeichen und + ( ) - /.',
    },
  },
  phone_not_international: {
    status: 422,
    title: { en: 'Number without country', de: 'Nummer ohne Land' },
    detail: {
      en: 'The number is kept as it is, but gives no international number; nobody can be sent an SMS there.',
      de: 'Die Nummer bleibt, wie sie ist, ergibt aber keine internationale Nummer; SMS sind dorthin nicht möglich.',
    },
  },
  not_notified: {
    status: 422,
    title: { en: 'Nobody was told', de: 'Niemand wurde benachrichtigt' },
    detail: {
      en: 'The access link was not sent: the account {reason, select, deactivated {is deactivated} other {has neither an e-mail nor a mobile number that can be sent an SMS}}.',
      de: 'Der Zugangslink wurde nicht versendet: Das Konto {reason, select, deactivated {ist deaktiviert} other {hat weder eine E-Mail-Adresse noch eine Mobilnummer, an die SMS möglich sind}}.',
    },
  },
  uprn_digits: {
    status: 422,
    title: { en: 'Not a UPRN', de: 'Keine UPRN' },
    detail: {
      en: 'A UPRN has 12 digits.',
      de: 'Eine UPRN hat 12 Ziffern.',
    },
  },
  uprn_too_short: {
    status: 422,
    title: { en: 'UPRN too short', de: 'UPRN zu kurz' },
    detail: {
      en: 'A UPRN has 12 digits, this one has {length}: a spreadsheet probably dropped leading zeros.',
      de: 'Eine UPRN hat 12 Ziffern, diese hat {length}: Vermutlich hat eine Tabellenkalkulation führende Nullen entfernt.',
    },
  },
  date_not_past: {
    status: 422,
    title: { en: 'Date not in the past', de: 'Datum nicht in der Vergangenheit' },
    detail: {
      en: 'The date must lie in the past.',
      de: 'Das Datum muss in der Vergangenheit liegen.',
    },
  },
  time_format: {
    status: 422,
    title: { en: 'Not a time', de: 'Keine Uhrzeit' },
    detail: {
      en: 'Expected a time such as 08:30{closed, select, yes { or "closed"} other {}}.',
      de: 'Erwartet wird eine Uhrzeit wie 08:30{closed, select, yes { oder „closed“} other {}}.',
    },
  },
  times_incomplete: {
    status: 422,
    title: { en: 'Times incomplete', de: 'Zeiten unvollständig' },
    detail: {
      en: 'Beginning and end go together: give both or neither.',
      de: 'Beginn und Ende gehören zusammen: Geben Sie beide an oder keines.',
    },
  },
  times_reversed: {
    status: 422,
    title: { en: 'Times reversed', de: 'Zeiten vertauscht' },
    detail: {
      en: 'The end must be after the beginning.',
      de: 'Das Ende muss nach dem Beginn liegen.',
    },
  },
  coordinates_incomplete: {
    status: 422,
    title: { en: 'Coordinates incomplete', de: 'Koordinaten unvollständig' },
    detail: {
      en: 'Latitude and longitude go together: give both or neither.',
      de: 'Breiten- und Längengrad gehören zusammen: Geben Sie beide an oder keinen.',
    },
  },
});
