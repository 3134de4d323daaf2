import { field, readOnlyId } from './define-field.js';
import type { EntitySchema, FieldSchema } from './field-schema.js';

/** The fields that tell records apart. @param synonyms of the external id */
export function recordFields(synonyms: string[]): FieldSchema[] {
  return [
    readOnlyId(),
    field('externalId', 'identifier', ['External ID', 'Externe ID'], {
      description: [
        "The record's number in your own system, unique per rep. Cannot be changed once it is set.",
        'Nummer des Datensatzes im eigenen System, eindeutig je Mitarbeiter. Nach dem Setzen nicht mehr änderbar.',
      ],
      maxLength: 40,
      usableAsKey: true,
      fixedOnceSet: true,
      example: '0010-A7',
      synonyms: [...synonyms, 'ERP ID', 'ID extern'],
    }),
  ];
}

/** The customer that a record is about. */
export function customerReference(description: readonly [en: string, de: string]): FieldSchema {
  return field('customer', 'reference', ['Customer', 'Kunde'], {
    description,
    maxLength: 40,
    references: 'customer',
    example: '0010-A7',
    synonyms: [
      'Customer number',
      'Customer no.',
      'Customer ID',
      'Kundennummer',
      'Kundennr.',
      'Kunden-Nr.',
      'Kunden-ID',
    ],
  });
}

export function notes(example: string): FieldSchema {
  return field('notes', 'multiline', ['Notes', 'Notizen'], {
    description: ['Free text, also of several lines.', 'Freier Text, auch mehrzeilig.'],
    maxLength: 4000,
    example,
    synonyms: ['Note', 'Comment', 'Remarks', 'Notiz', 'Bemerkung', 'Bemerkungen', 'Kommentar', 'Anmerkung'],
  });
}

/** What holds of the records of every entity: how they are found, and what is unique. */
export const RECORD_KEYS = {
  modes: ['create', 'update', 'upsert', 'sync'],
  presetKeys: ['id', 'externalId'],
  unique: [
    { name: 'id', fields: ['id'], perRep: false },
    { name: 'externalId', fields: ['externalId'], perRep: true },
  ],
} as const satisfies Partial<EntitySchema>;
