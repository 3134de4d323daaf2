import { field } from '../define-field.js';
import type { SelectionOption } from '../field-schema.js';

const GENDERS: readonly SelectionOption[] = [
  { code: 'male', label: { en: 'Male', de: 'Männlich' }, words: ['m'] },
  { code: 'female', label: { en: 'Female', de: 'Weiblich' }, words: ['f', 'w'] },
  {
    code: 'prefer_not_to_say',
    label: { en: 'Prefer not to say', de: 'Keine Angabe' },
    words: ['k. A.', 'Not specified'],
  },
];

export const PERSON = [
  field('uprn', 'uprn', ['UPRN', 'UPRN'], {
    description: [
      'Unique property reference number: 12 digits, text.',
      'Unique Property Reference Number: 12 Ziffern, Text.',
    ],
    maxLength: 12,
    usableAsKey: true,
    example: '000012345678',
    synonyms: ['Unique property reference number', 'Property reference'],
  }),
  field('dateOfBirth', 'date', ['Date of birth', 'Geburtsdatum'], {
    description: ['A day in the past.', 'Ein Tag in der Vergangenheit.'],
    usableAsKey: true,
    example: '1980-05-17',
    synonyms: ['Birth date', 'Birthday', 'Geburtstag', 'Geboren am'],
  }),
  field('customerType', 'text', ['Customer type', 'Kundenart'], {
    description: ["A code of the company's list.", 'Ein Code aus der Liste der Firma.'],
    maxLength: 30,
    example: 'private',
    synonyms: ['Type', 'Art', 'Kundentyp'],
  }),
  field('taxIdentifier', 'text', ['Tax identifier', 'Steuernummer'], {
    description: ['For administrators only.', 'Nur für Administratoren.'],
    maxLength: 30,
    usableAsKey: true,
    example: '12 345/6789',
    synonyms: ['Tax ID', 'Tax number', 'Steuer-ID', 'Steueridentifikationsnummer'],
  }),
  field('gender', 'selection', ['Gender', 'Geschlecht'], {
    description: ['male, female or prefer_not_to_say.', 'männlich, weiblich oder keine Angabe.'],
    options: GENDERS,
    example: 'female',
    synonyms: ['Sex'],
  }),
  field('accessLevel', 'text', ['Access level', 'Zugriffsstufe'], {
    description: ["A code of the company's list.", 'Ein Code aus der Liste der Firma.'],
    maxLength: 50,
    example: 'standard',
    synonyms: ['Access', 'Zugriff'],
  }),
  field('roles', 'list', ['Roles', 'Rollen'], {
    description: [
      "Codes of the company's list with ; between them.",
      'Codes aus der Liste der Firma, durch ; getrennt.',
    ],
    maxLength: 50,
    maxEntries: 100,
    example: 'tenant;keyholder',
    synonyms: ['Portal roles', 'Portalrollen'],
  }),
  field('roleOptions', 'list', ['Role options', 'Rollenoptionen'], {
    description: [
      "Codes of the company's list with ; between them.",
      'Codes aus der Liste der Firma, durch ; getrennt.',
    ],
    maxLength: 50,
    maxEntries: 100,
    example: 'Sys_Admin',
    synonyms: ['Options', 'Optionen'],
  }),
];
