import { appointmentPlace, appointmentTimes } from '../rules/appointment-rules.js';
import { ADDRESS, COORDINATES } from './address-fields.js';
import { field } from './define-field.js';
import type { EntitySchema } from './field-schema.js';
import { customerReference, notes, RECORD_KEYS, recordFields } from './record-fields.js';

const NUMBERS = ['Appointment number', 'Appointment no.', 'Appointment ID', 'Terminnummer', 'Terminnr.', 'Termin-Nr.'];

const SUBJECT = field('subject', 'text', ['Subject', 'Betreff'], {
  description: ['What the appointment is about.', 'Worum es bei dem Termin geht.'],
  maxLength: 200,
  required: true,
  usableAsKey: true,
  example: 'Jahresgespräch',
  synonyms: ['Title', 'Titel', 'Appointment', 'Termin', 'Thema', 'Topic'],
});

/** The first two and the duration: two of the three are enough. */
const TIMES = [
  field('earliestBegin', 'dateTime', ['Earliest begin', 'Frühester Beginn'], {
    description: [
      'When the appointment can begin. Two of earliest begin, latest end and duration are needed; for a whole day its day.',
      'Wann der Termin beginnen kann. Zwei von frühestem Beginn, spätestem Ende und Dauer sind nötig; bei einem ganzen Tag der Tag.',
    ],
    usableAsKey: true,
    example: '2026-03-14 09:30',
    synonyms: ['Begin', 'Start', 'Starts at', 'From', 'Beginn', 'Anfang', 'Von', 'Terminbeginn', 'Datum', 'Date'],
  }),
  field('latestEnd', 'dateTime', ['Latest end', 'Spätestes Ende'], {
    description: ['When the appointment must have ended.', 'Wann der Termin beendet sein muss.'],
    example: '2026-03-14 12:00',
    synonyms: ['End', 'Ends at', 'Until', 'Ende', 'Bis', 'Terminende'],
  }),
  field('duration', 'minutes', ['Duration', 'Dauer'], {
    description: [
      'Minutes, or hours and minutes as 1:30. At most the time from earliest begin to latest end.',
      'Minuten, oder Stunden und Minuten wie 1:30. Höchstens die Zeit vom frühesten Beginn bis zum spätesten Ende.',
    ],
    min: 0,
    max: 44_640,
    example: '45',
    synonyms: ['Duration (minutes)', 'Minutes', 'Length', 'Dauer (Minuten)', 'Minuten', 'Termindauer'],
  }),
  field('wholeDay', 'yesNo', ['Whole day', 'Ganztägig'], {
    description: [
      'Yes: from the day of the earliest begin to that of the latest end, both included; without an end that one day.',
      'Ja: vom Tag des frühesten Beginns bis zu dem des spätesten Endes, beide eingeschlossen; ohne Ende dieser eine Tag.',
    ],
    default: false,
    example: 'no',
    synonyms: ['All day', 'All-day event', 'Ganzer Tag', 'Ganztags'],
  }),
];

const LOCATION = field('location', 'text', ['Location', 'Treffpunkt'], {
  description: ['Where exactly to meet, such as a room.', 'Wo genau man sich trifft, etwa ein Raum.'],
  maxLength: 200,
  example: 'Konferenzraum 2',
  synonyms: ['Place', 'Meeting place', 'Room', 'Raum', 'Besprechungsraum', 'Veranstaltungsort'],
});

export const APPOINTMENT: EntitySchema = {
  ...RECORD_KEYS,
  name: 'appointment',
  label: { en: 'Appointments', de: 'Termine' },
  fields: [
    ...recordFields(NUMBERS),
    SUBJECT,
    customerReference([
      'Customer number or id of the customer to be called on. Without a customer an address is needed.',
      'Kundennummer oder ID des Kunden, der besucht wird. Ohne Kunden ist eine Adresse nötig.',
    ]),
    ...ADDRESS,
    ...TIMES,
    LOCATION,
    notes('Unterlagen mitnehmen.'),
  ],
  together: [COORDINATES],
  rules: [appointmentPlace, appointmentTimes],
};
