import { field } from '../define-field.js';

export const NAMES = [
  field('name1', 'text', ['Name', 'Name'], {
    description: ['Name of the company or person, first line.', 'Name der Firma oder Person, erste Zeile.'],
    maxLength: 100,
    required: true,
    usableAsKey: true,
    example: 'Sanatorium Maria Hilf',
    synonyms: ['Name 1', 'Company', 'Company name', 'Customer', 'Firma', 'Firmenname', 'Kunde', 'Kundenname'],
  }),
  field('name2', 'text', ['Name 2', 'Name 2'], {
    description: ['Second line of the name.', 'Zweite Zeile des Namens.'],
    maxLength: 100,
    usableAsKey: true,
    example: 'Abteilung Einkauf',
    synonyms: ['Department', 'Abteilung', 'Namenszusatz', 'Firma 2'],
  }),
  field('name3', 'text', ['Name 3', 'Name 3'], {
    description: ['Third line of the name.', 'Dritte Zeile des Namens.'],
    maxLength: 100,
    usableAsKey: true,
    example: 'Haus B',
    synonyms: ['Namenszusatz 2', 'Firma 3'],
  }),
  field('salutation', 'text', ['Salutation', 'Anrede'], {
    description: ['How the contact person is addressed.', 'Wie die Ansprechperson angeredet wird.'],
    maxLength: 50,
    example: 'Frau Dr.',
    synonyms: ['Title', 'Titel'],
  }),
  field('firstName', 'text', ['First name', 'Vorname'], {
    description: ['First name of the contact person.', 'Vorname der Ansprechperson.'],
    maxLength: 50,
    usableAsKey: true,
    example: 'Jörg',
    synonyms: ['Given name', 'Contact first name'],
  }),
  field('lastName', 'text', ['Last name', 'Nachname'], {
    description: ['Last name of the contact person.', 'Nachname der Ansprechperson.'],
    maxLength: 50,
    usableAsKey: true,
    example: 'Grünwald',
    synonyms: ['Surname', 'Family name', 'Familienname', 'Zuname', 'Ansprechpartner', 'Contact'],
  }),
];
