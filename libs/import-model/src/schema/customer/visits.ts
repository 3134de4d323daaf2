import { field } from '../define-field.js';
import { notes } from '../record-fields.js';

export const VISITS = [
  field('callInterval', 'integer', ['Call interval', 'Besuchsintervall'], {
    description: [
      'Days between two calls; 0: no regular calls.',
      'Tage zwischen zwei Besuchen; 0: keine regelmäßigen Besuche.',
    ],
    min: 0,
    max: 3650,
    example: '28',
    synonyms: ['Call interval (days)', 'Visit interval', 'Besuchsintervall (Tage)', 'Intervall', 'Besuchsrhythmus'],
  }),
  field('callDuration', 'integer', ['Call duration', 'Besuchsdauer'], {
    description: ['Minutes of a call.', 'Minuten eines Besuchs.'],
    min: 0,
    max: 1440,
    example: '45',
    synonyms: ['Call duration (minutes)', 'Visit duration', 'Besuchsdauer (Minuten)', 'Dauer'],
  }),
  field('category', 'text', ['Category', 'Kategorie'], {
    description: ['Any classification, such as A, B, C.', 'Beliebige Einteilung, etwa A, B, C.'],
    maxLength: 50,
    example: 'A',
    synonyms: ['Class', 'Segment', 'Klasse', 'Kundengruppe', 'ABC'],
  }),
  notes('Zufahrt über den Hof.'),
  field('businessHours', 'text', ['Business hours', 'Öffnungszeiten'], {
    description: ['When the customer can be called on.', 'Wann der Kunde besucht werden kann.'],
    maxLength: 200,
    example: 'Mo-Fr 08:00-12:00, 14:00-17:00',
    synonyms: ['Opening hours', 'Hours', 'Geschäftszeiten', 'Besuchszeiten'],
  }),
  field('doNotCall', 'yesNo', ['Do not call', 'Nicht besuchen'], {
    description: ['Yes: no calls are planned.', 'Ja: Es werden keine Besuche geplant.'],
    default: false,
    example: 'no',
    synonyms: ['No calls', 'Blocked', 'Besuchssperre', 'Gesperrt', 'Kein Besuch'],
  }),
  field('lastCall', 'dateTime', ['Last call', 'Letzter Besuch'], {
    description: ['Date and time of the last call.', 'Datum und Uhrzeit des letzten Besuchs.'],
    example: '2026-03-14 09:30',
    synonyms: ['Last visit', 'Last call date', 'Letzter Besuch am', 'Letztes Besuchsdatum'],
  }),
];
