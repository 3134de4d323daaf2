import type { Language } from '@muster/contracts';
import type { EntitySchema } from '../schema/field-schema.js';
import type { ImportConfiguration, MappingEntry } from './configuration.js';
import { importOptions } from './document-schema.js';

const REP_HEADER = { en: 'Rep e-mail', de: 'E-Mail des Mitarbeiters' } as const;

/**
 * A configuration that maps every field of an entity, to begin with: headers are the fields' labels in `language`, or the
 * field's id where two have the same label.
 */
export function templateConfiguration(schema: EntitySchema, language: Language): ImportConfiguration {
  const labels = schema.fields.map(({ label }) => label[language]);
  const isUnique = (text: string) => labels.indexOf(text) === labels.lastIndexOf(text);
  const mappings = schema.fields.map(({ id, label, readOnly }): MappingEntry => {
    const header = label[language];
    const SourceFieldID = isUnique(header) ? header : id;
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
