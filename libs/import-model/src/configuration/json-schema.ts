import { z } from 'zod';
import { document } from './document-schema.js';

/**
 * The JSON Schema (2020-12) of a configuration document as it is written. What depends on the entity or the file, such as
 * which targets and columns there are, is beyond it.
 */
export function configurationSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(document, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.type === 'object') jsonSchema.additionalProperties = false;
    },
  });
  const mapping = schema.properties?.['mappings'];
  if (typeof mapping !== 'object' || typeof mapping.items !== 'object' || Array.isArray(mapping.items)) {
    throw new Error('The mappings of the document schema are no list');
  }
  const properties = mapping.items.properties ?? {};
  properties['valueMap'] = { type: 'object', additionalProperties: { type: 'string' } };
  return { ...schema, title: 'Configuration of an import (*.importcfg)' };
}
