import { field } from './define-field.js';
import type { EntitySchema } from './field-schema.js';
import { customerReference, notes, RECORD_KEYS, recordFields } from './record-fields.js';

const NUMBERS = ['Task number', 'Task no.', 'Task ID', 'Aufgabennummer', 'Aufgabennr.', 'Aufgaben-Nr.'];

const WORK = [
  field('dueDate', 'date', ['Due date', 'Fällig am'], {
    description: ['When it must be done. Empty: at some time.', 'Wann sie erledigt sein muss. Leer: irgendwann.'],
    usableAsKey: true,
    example: '2026-03-14',
    synonyms: ['Due', 'Due on', 'Deadline', 'Fälligkeit', 'Fälligkeitsdatum', 'Fällig', 'Frist', 'Termin'],
  }),
  field('priority', 'selection', ['Priority', 'Priorität'], {
    description: ['How much it matters.', 'Wie wichtig sie ist.'],
    options: [
      { code: 'low', label: { en: 'Low', de: 'Niedrig' } },
      { code: 'normal', label: { en: 'Normal', de: 'Normal' } },
      { code: 'high', label: { en: 'High', de: 'Hoch' } },
    ],
    default: 'normal',
    example: 'high',
    synonyms: ['Prio', 'Importance', 'Urgency', 'Wichtigkeit', 'Dringlichkeit'],
  }),
  field('completionOptional', 'yesNo', ['Completion optional', 'Erledigung optional'], {
    description: ['Yes: it may also be left undone.', 'Ja: Sie darf auch unerledigt bleiben.'],
    default: false,
    example: 'no',
    synonyms: ['Optional', 'May be skipped', 'Freiwillig', 'Erledigung freiwillig'],
  }),
  field('done', 'yesNo', ['Done', 'Erledigt'], {
    description: ['Yes: it has been done.', 'Ja: Sie ist erledigt.'],
    default: false,
    example: 'no',
    synonyms: ['Completed', 'Finished', 'Closed', 'Abgeschlossen', 'Fertig'],
  }),
];

export const TASK: EntitySchema = {
  ...RECORD_KEYS,
  name: 'task',
  label: { en: 'Tasks', de: 'Aufgaben' },
  fields: [
    ...recordFields(NUMBERS),
    field('subject', 'text', ['Subject', 'Betreff'], {
      description: ['What is to be done.', 'Was zu tun ist.'],
      maxLength: 200,
      required: true,
      usableAsKey: true,
      example: 'Muster schicken',
      synonyms: ['Title', 'Titel', 'Task', 'Aufgabe', 'To do', 'Thema'],
    }),
    customerReference([
      'Customer number or id of the customer whom it is about.',
      'Kundennummer oder ID des Kunden, um den es geht.',
    ]),
    ...WORK,
    notes('Zwei von jeder Farbe.'),
  ],
  together: [],
  rules: [],
};
