import type { Language } from '@muster/contracts';
import type { EntitySchema } from '../schema/field-schema.js';
import type { ImportConfiguration, MappingEntry } from './configuration.js';
import { importOptions } from './document-schema.js';

/** The column that tells whose record a row is. */
export const REP_HEADER = { en: 'Rep e-mail', de: 'E-Mail des Mitarbeiters' } as const;

/**
 * A configuration that maps every field of an entity, to begin with: headers are the fields' labels in `language`, or the
 * field's id where two have the same label.
 */
export function templateConfiguration(schema: EntitySchema, language: Language): ImportConfiguration {
  const headers = fieldHeaders(schema, language);
  const mappings = schema.fields.map(({ id, readOnly }): MappingEntry => {
    const SourceFieldID = headers.get(id) ?? id;
    return { SourceFieldID, TargetFieldID: id, UpdateBehavior: readOnly ? 2 : 0, emptyCell: 'keep', trim: false };
  });
  return {
    formatVersion: 1,
    entity: schema.name,
    mode: 'upsert',
    mappings,
    ...(!schema.ofCompany && { userMapping: { by: 'email', SourceFieldID: REP_HEADER[language] } }),
    options: importOptions.parse({}),
  };
}

/** The header of each field by its id: its label in `language`, or its id where two have the same label. */
export function fieldHeaders(schema: EntitySchema, language: Language): ReadonlyMap<string, string> {
  const labels = schema.fields.map(({ label }) => label[language]);
  const isUnique = (text: string) => labels.indexOf(text) === labels.lastIndexOf(text);
  return new Map(schema.fields.map(({ id, label }) => [id, isUnique(label[language]) ? label[language] : id]));
}
