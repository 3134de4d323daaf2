import { reportTimes } from '../rules/report-rules.js';
import { field } from './define-field.js';
import type { EntitySchema } from './field-schema.js';
import { customerReference, notes, RECORD_KEYS, recordFields } from './record-fields.js';

const NUMBERS = ['Report number', 'Report no.', 'Report ID', 'Berichtsnummer', 'Berichtsnr.', 'Berichts-Nr.'];

/** The kind of report that tells of a call that was made. */
export const CUSTOMER_CALL = 'customerCall';

const TYPE = field('type', 'selection', ['Type', 'Art'], {
  description: ['What the report is about.', 'Wovon der Bericht handelt.'],
  required: true,
  usableAsKey: true,
  options: [
    { code: CUSTOMER_CALL, label: { en: 'Customer call', de: 'Kundenbesuch' } },
    { code: 'missedCall', label: { en: 'Missed call', de: 'Kunde nicht angetroffen' } },
    { code: 'other', label: { en: 'Other', de: 'Sonstiges' } },
    { code: 'startOfWork', label: { en: 'Start of work', de: 'Arbeitsbeginn' } },
    { code: 'endOfWork', label: { en: 'End of work', de: 'Arbeitsende' } },
    { code: 'dayOff', label: { en: 'Day off', de: 'Freier Tag' } },
  ],
  example: CUSTOMER_CALL,
  synonyms: ['Report type', 'Kind', 'Typ', 'Berichtsart', 'Berichtstyp'],
});

const COURSE = [
  field('start', 'dateTime', ['Start', 'Beginn'], {
    description: ['When it began; not after the end.', 'Wann es begann; nicht nach dem Ende.'],
    usableAsKey: true,
    example: '2026-03-14 09:30',
    synonyms: [
      'Begin',
      'Started at',
      'From',
      'Date',
      'Anfang',
      'Von',
      'Start am',
      'Datum',
      'Besuchsbeginn',
      'Besucht am',
    ],
  }),
  field('end', 'dateTime', ['End', 'Ende'], {
    description: ['When it ended.', 'Wann es endete.'],
    example: '2026-03-14 10:15',
    synonyms: ['Ended at', 'Until', 'Bis', 'Ende am', 'Besuchsende'],
  }),
  field('result', 'multiline', ['Result', 'Ergebnis'], {
    description: ['What came of it.', 'Was dabei herauskam.'],
    maxLength: 4000,
    example: 'Bestellung für Mai zugesagt.',
    synonyms: ['Outcome', 'Call result', 'Besuchsergebnis', 'Resultat', 'Bericht', 'Report'],
  }),
];

export const REPORT: EntitySchema = {
  ...RECORD_KEYS,
  name: 'report',
  label: { en: 'Reports', de: 'Berichte' },
  fields: [
    ...recordFields(NUMBERS),
    TYPE,
    customerReference([
      'Customer number or id of the customer who was called on.',
      'Kundennummer oder ID des Kunden, der besucht wurde.',
    ]),
    ...COURSE,
    notes('Ansprechpartner wechselt im Herbst.'),
  ],
  together: [],
  rules: [reportTimes],
};
