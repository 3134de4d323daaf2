import { defineProblems } from '../problem.js';

export const RECORD_PROBLEMS = defineProblems({
  customer_not_found: {
    status: 404,
    title: { en: 'Customer not found', de: 'Kunde nicht gefunden' },
    detail: { en: 'There is no customer with this id.', de: 'Es gibt keinen Kunden mit dieser ID.' },
  },
  appointment_not_found: {
    status: 404,
    title: { en: 'Appointment not found', de: 'Termin nicht gefunden' },
    detail: { en: 'There is no appointment with this id.', de: 'Es gibt keinen Termin mit dieser ID.' },
  },
  task_not_found: {
    status: 404,
    title: { en: 'Task not found', de: 'Aufgabe nicht gefunden' },
    detail: { en: 'There is no task with this id.', de: 'Es gibt keine Aufgabe mit dieser ID.' },
  },
  report_not_found: {
    status: 404,
    title: { en: 'Report not found', de: 'Bericht nicht gefunden' },
    detail: { en: 'There is no report with this id.', de: 'Es gibt keinen Bericht mit dieser ID.' },
  },
  external_id_taken: {
    status: 409,
    title: { en: 'External id taken', de: 'Externe ID vergeben' },
    detail: {
      en: 'This rep already has a record with the external id "{externalId}".',
      de: 'Dieser Mitarbeiter hat bereits einen Datensatz mit der externen ID „{externalId}“.',
    },
  },
  external_id_fixed: {
    status: 422,
    title: { en: 'External id is fixed', de: 'Externe ID ist fest' },
    detail: {
      en: 'An external id cannot be changed once it is set.',
      de: 'Eine externe ID lässt sich nicht mehr ändern, sobald sie gesetzt ist.',
    },
  },
  rep_unknown: {
    status: 422,
    title: { en: 'Rep unknown', de: 'Mitarbeiter unbekannt' },
    detail: {
      en: 'There is no user account with its own schedule under this id.',
      de: 'Es gibt kein Benutzerkonto mit eigenem Besuchsplan unter dieser ID.',
    },
  },
  records_not_chosen: {
    status: 422,
    title: { en: 'Which records?', de: 'Welche Datensätze?' },
    detail: { en: 'Give either "ids" or "filter".', de: 'Geben Sie entweder "ids" oder "filter" an.' },
  },
  custom_field_not_found: {
    status: 404,
    title: { en: 'Field not found', de: 'Feld nicht gefunden' },
    detail: { en: 'The company has no field with this id.', de: 'Die Firma hat kein Feld mit dieser ID.' },
  },
  custom_field_name_taken: {
    status: 409,
    title: { en: 'Field name taken', de: 'Feldname vergeben' },
    detail: {
      en: 'These records already have a field called "{name}".',
      de: 'Diese Datensätze haben bereits ein Feld mit dem Namen „{name}“.',
    },
  },
  custom_field_being_removed: {
    status: 409,
    title: { en: 'Field is being removed', de: 'Feld wird entfernt' },
    detail: {
      en: 'A field called "{name}" was deleted, and its values are still being taken out of the records. Try again later.',
      de: 'Ein Feld mit dem Namen „{name}“ wurde gelöscht, und seine Werte werden noch aus den Datensätzen entfernt. Versuchen Sie es später erneut.',
    },
  },
  custom_field_limit: {
    status: 409,
    title: { en: 'Too many fields', de: 'Zu viele Felder' },
    detail: {
      en: 'A company adds at most {limit} fields to each kind of records.',
      de: 'Eine Firma fügt jeder Art von Datensätzen höchstens {limit} Felder hinzu.',
    },
  },
  option_in_use: {
    status: 409,
    title: { en: 'Value in use', de: 'Wert in Verwendung' },
    detail: {
      en: 'Records still have the value "{value}" of this field, so it cannot be taken away.',
      de: 'Datensätze haben noch den Wert „{value}“ dieses Feldes, daher lässt er sich nicht wegnehmen.',
    },
  },
  options_needed: {
    status: 422,
    title: { en: 'Values missing', de: 'Werte fehlen' },
    detail: { en: 'A selection needs at least one value.', de: 'Eine Auswahl braucht mindestens einen Wert.' },
  },
  options_not_here: {
    status: 422,
    title: { en: 'Values not here', de: 'Werte hier nicht' },
    detail: { en: 'Only selections have a list of values.', de: 'Nur Auswahlen haben eine Liste von Werten.' },
  },
  duplicate_option: {
    status: 422,
    title: { en: 'Value stands twice', de: 'Wert steht zweimal' },
    detail: {
      en: 'The list has "{value}" twice; letter case makes no difference.',
      de: 'Die Liste hat „{value}“ zweimal; Groß- und Kleinschreibung macht keinen Unterschied.',
    },
  },
  restore_point_not_found: {
    status: 404,
    title: { en: 'Restore point not found', de: 'Wiederherstellungspunkt nicht gefunden' },
    detail: {
      en: 'There is no restore point with this id.',
      de: 'Es gibt keinen Wiederherstellungspunkt mit dieser ID.',
    },
  },
  notification_not_found: {
    status: 404,
    title: { en: 'Notification not found', de: 'Benachrichtigung nicht gefunden' },
    detail: { en: 'There is no notification with this id.', de: 'Es gibt keine Benachrichtigung mit dieser ID.' },
  },
  dead_letter_not_found: {
    status: 404,
    title: { en: 'Dead letter not found', de: 'Unzustellbares Ereignis nicht gefunden' },
    detail: { en: 'There is no dead letter with this id.', de: 'Es gibt kein unzustellbares Ereignis mit dieser ID.' },
  },
  dead_letter_failed_again: {
    status: 409,
    title: { en: 'Failed again', de: 'Erneut fehlgeschlagen' },
    detail: {
      en: 'The event could not be handled this time either: {reason}',
      de: 'Das Ereignis ließ sich auch diesmal nicht verarbeiten: {reason}',
    },
    logLevel: 'warn',
  },
});
