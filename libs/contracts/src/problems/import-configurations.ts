import { defineProblems } from '../problem.js';

/** What can be wrong with the configuration of an import, saved or sent. */
export const IMPORT_CONFIGURATION_PROBLEMS = defineProblems({
  configuration_not_found: {
    status: 404,
    title: { en: 'Configuration not found', de: 'Konfiguration nicht gefunden' },
    detail: {
      en: 'There is no saved configuration with this id or name, or it has no such version.',
      de: 'Es gibt keine gespeicherte Konfiguration mit dieser ID oder diesem Namen, oder sie hat diese Version nicht.',
    },
  },
  configuration_name_taken: {
    status: 409,
    title: { en: 'Name taken', de: 'Name vergeben' },
    detail: {
      en: 'There is another configuration with the name "{name}".',
      de: 'Es gibt schon eine andere Konfiguration mit dem Namen „{name}“.',
    },
  },
  too_many_configurations: {
    status: 409,
    title: { en: 'Too many configurations', de: 'Zu viele Konfigurationen' },
    detail: {
      en: 'A company may save {limit, number} configurations. Delete one that is no longer used.',
      de: 'Ein Unternehmen kann {limit, number} Konfigurationen speichern. Löschen Sie eine, die nicht mehr gebraucht wird.',
    },
  },
  configuration_not_chosen: {
    status: 422,
    title: { en: 'Which configuration?', de: 'Welche Konfiguration?' },
    detail: {
      en: 'An import needs either a configuration, or the id or the name of a saved one.',
      de: 'Ein Import braucht entweder eine Konfiguration oder die ID oder den Namen einer gespeicherten.',
    },
  },
  configuration_invalid: {
    status: 422,
    title: { en: 'Configuration not valid', de: 'Konfiguration ungültig' },
    detail: {
      en: 'The configuration has {count, plural, one {one fault} other {# faults}}; each is listed.',
      de: 'Die Konfiguration hat {count, plural, one {einen Fehler; er ist aufgeführt} other {# Fehler; alle sind aufgeführt}}.',
    },
  },
  unknown_property: {
    status: 422,
    title: { en: 'Unknown property', de: 'Unbekannte Eigenschaft' },
    detail: {
      en: 'There is no property "{name}".{near, select, yes { Did you mean "{nearest}"?} other {}}',
      de: 'Es gibt keine Eigenschaft „{name}“.{near, select, yes { Meinten Sie „{nearest}“?} other {}}',
    },
  },
  unknown_target: {
    status: 422,
    title: { en: 'Unknown target field', de: 'Unbekanntes Zielfeld' },
    detail: {
      en: 'The entity {entity} has no field "{name}".{near, select, yes { Did you mean "{nearest}"?} other {}}',
      de: 'Die Entität {entity} hat kein Feld „{name}“.{near, select, yes { Meinten Sie „{nearest}“?} other {}}',
    },
  },
  unknown_column: {
    status: 422,
    title: { en: 'Unknown column', de: 'Unbekannte Spalte' },
    detail: {
      en: 'The file has no column "{name}".{near, select, yes { Did you mean "{nearest}"?} other {}}',
      de: 'Die Datei hat keine Spalte „{name}“.{near, select, yes { Meinten Sie „{nearest}“?} other {}}',
    },
  },
  ambiguous_column: {
    status: 422,
    title: { en: 'Column stands twice', de: 'Spalte doppelt' },
    detail: {
      en: 'The file has more than one column "{name}". Name it by its number, such as "#3".',
      de: 'Die Datei hat mehr als eine Spalte „{name}“. Nennen Sie sie mit ihrer Nummer, etwa „#3“.',
    },
  },
  duplicate_target: {
    status: 422,
    title: { en: 'Target mapped twice', de: 'Zielfeld doppelt zugeordnet' },
    detail: { en: 'The field "{name}" is mapped more than once.', de: 'Das Feld „{name}“ ist mehrfach zugeordnet.' },
  },
  read_only_target: {
    status: 422,
    title: { en: 'Target is read-only', de: 'Zielfeld ist nur lesbar' },
    detail: {
      en: 'The field "{name}" is given by the system; it can only be a key.',
      de: 'Das Feld „{name}“ vergibt das System; es kann nur Schlüssel sein.',
    },
  },
  key_missing: {
    status: 422,
    title: { en: 'No key field', de: 'Kein Schlüsselfeld' },
    detail: {
      en: 'No mapped field can tell which record a row means. Map one of: {candidates}.',
      de: 'Kein zugeordnetes Feld sagt, welchen Datensatz eine Zeile meint. Ordnen Sie eines zu: {candidates}.',
    },
  },
  too_many_keys: {
    status: 422,
    title: { en: 'Too many key fields', de: 'Zu viele Schlüsselfelder' },
    detail: { en: 'At most {limit} fields can be keys.', de: 'Höchstens {limit} Felder können Schlüssel sein.' },
  },
  unusable_key: {
    status: 422,
    title: { en: 'Field cannot be a key', de: 'Feld kann kein Schlüssel sein' },
    detail: {
      en: 'The field "{name}" cannot be a key. Keys can be: {candidates}.',
      de: 'Das Feld „{name}“ kann kein Schlüssel sein. Schlüssel können sein: {candidates}.',
    },
  },
  option_of_other_entity: {
    status: 422,
    title: { en: 'Option does not fit', de: 'Option passt nicht' },
    detail: {
      en: 'The option "{name}" means nothing in an import of the entity "{entity}". It is for: {entities}.',
      de: 'Die Option „{name}“ bedeutet beim Import von „{entity}“ nichts. Sie ist für: {entities}.',
    },
  },
  user_mapping_missing: {
    status: 422,
    title: { en: 'No assignment to reps', de: 'Keine Zuordnung zu Mitarbeitern' },
    detail: {
      en: 'userMapping must name the column, or the constant, that says whose record a row is.',
      de: 'userMapping muss die Spalte oder den festen Wert nennen, der sagt, wessen Datensatz eine Zeile ist.',
    },
  },
});
