import { describe, expect, it } from 'vitest';
import { document, importOptions, mappingEntry, sourceOptions, userMapping } from './document-schema.js';
import { configurationSchema } from './json-schema.js';

interface Node {
  type?: string;
  properties?: Record<string, Node>;
  items?: Node;
  required?: string[];
  additionalProperties?: unknown;
}

describe('the JSON Schema of configurations', () => {
  const schema = configurationSchema() as Node;

  it.each([
    ['document', schema, document],
    ['source', schema.properties?.['source'], sourceOptions],
    ['mapping', schema.properties?.['mappings']?.items, mappingEntry],
    ['userMapping', schema.properties?.['userMapping'], userMapping],
    ['options', schema.properties?.['options'], importOptions],
  ] as const)('names every property of the %s, and lets no other in', (_name, node, { shape }) => {
    expect(Object.keys(node?.properties ?? {})).toEqual(Object.keys(shape));
    expect(node?.additionalProperties).toBe(false);
  });

  it('asks for no more than a document must have', () => {
    expect(schema.required).toEqual(['formatVersion', 'entity', 'mode', 'mappings']);
    expect(schema.properties?.['mappings']?.items?.required).toEqual(['TargetFieldID']);
  });

  it('takes any text in value maps', () => {
    const valueMap = schema.properties?.['mappings']?.items?.properties?.['valueMap'];
    expect(valueMap).toEqual({ type: 'object', additionalProperties: { type: 'string' } });
  });
});
