import { defineProblems } from '../problem.js';

/** What stands in the way of the records of accounts, or of what would take them away. */
export const ACCOUNT_RECORD_PROBLEMS = defineProblems({
  schedule_removal_not_confirmed: {
    status: 409,
    title: { en: 'Removal not confirmed', de: 'Entfernen nicht bestätigt' },
    detail: {
      en: 'Without an own schedule, the customers, appointments, tasks and reports of the account are removed: {count, plural, =0 {at the moment there are none} one {one record} other {# records}}, the recycle bin included. Repeat the request with "confirmScheduleRemoval": true.',
      de: 'Ohne eigenen Besuchsplan werden Kunden, Termine, Aufgaben und Berichte des Kontos entfernt: {count, plural, =0 {im Augenblick gibt es keine} one {ein Datensatz} other {# Datensätze}}, den Papierkorb eingeschlossen. Wiederholen Sie die Anfrage mit "confirmScheduleRemoval": true.',
    },
  },
  schedule_removal_not_allowed: {
    status: 409,
    title: { en: 'Removal not allowed', de: 'Entfernen nicht erlaubt' },
    detail: {
      en: 'Without an own schedule, the customers, appointments, tasks and reports of the account are removed, which needs the option "allowScheduleRemoval".',
      de: 'Ohne eigenen Besuchsplan werden Kunden, Termine, Aufgaben und Berichte des Kontos entfernt; dazu ist die Option "allowScheduleRemoval" nötig.',
    },
  },
  user_has_data: {
    status: 409,
    title: { en: 'User still has data', de: 'Benutzer hat noch Daten' },
    detail: {
      en: 'The account still has {count, plural, one {one record} other {# records}}, the recycle bin included. Transfer or download them, or delete them with the account by discardData=true.',
      de: 'Das Konto hat noch {count, plural, one {einen Datensatz} other {# Datensätze}}, den Papierkorb eingeschlossen. Übertragen Sie sie oder laden Sie sie herunter, oder löschen Sie sie mit discardData=true mit dem Konto.',
    },
  },
  records_of_user: {
    status: 409,
    title: { en: 'Records', de: 'Datensätze' },
    detail: {
      en: '{entity, select, customer {Customers} appointment {Appointments} task {Tasks} report {Reports} other {{entity}}}: {count, number}',
      de: '{entity, select, customer {Kunden} appointment {Termine} task {Aufgaben} report {Berichte} other {{entity}}}: {count, number}',
    },
  },
  transfer_target: {
    status: 422,
    title: { en: 'Cannot be transferred there', de: 'Übertragen dorthin nicht möglich' },
    detail: {
      en: '{reason, select, same {The account has these records already.} no_schedule {The account they are to go to has no own schedule.} other {There is no user account they could go to under this id.}}',
      de: '{reason, select, same {Das Konto hat diese Datensätze bereits.} no_schedule {Das Konto, an das sie gehen sollen, hat keinen eigenen Besuchsplan.} other {Unter dieser ID gibt es kein Konto, an das sie gehen könnten.}}',
    },
  },
  transfer_running: {
    status: 409,
    title: { en: 'Being transferred', de: 'Wird bereits übertragen' },
    detail: {
      en: 'Records of this account, or to it, are being transferred by {transferId}. Wait for its end.',
      de: 'Datensätze dieses Kontos, oder zu ihm, werden gerade durch {transferId} übertragen. Warten Sie das Ende ab.',
    },
  },
  transfer_not_found: {
    status: 404,
    title: { en: 'Transfer not found', de: 'Übertragung nicht gefunden' },
    detail: {
      en: 'There is no transfer with this id; it may be more than 30 days old.',
      de: 'Es gibt keine Übertragung mit dieser ID; vielleicht ist sie älter als 30 Tage.',
    },
  },
  external_id_held: {
    status: 409,
    title: { en: 'External id there already', de: 'Externe ID schon vorhanden' },
    detail: {
      en: 'The other rep has a record with the external id "{externalId}".',
      de: 'Der andere Mitarbeiter hat einen Datensatz mit der externen ID „{externalId}“.',
    },
  },
});
