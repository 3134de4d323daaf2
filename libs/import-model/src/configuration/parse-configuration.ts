import { entitySchema, isEntityName, unknownEntityParams, type EntityName } from '../schema/entities.js';
import type { EntitySchema } from '../schema/field-schema.js';
import type { ConfigurationFault, ConfigurationResult, ImportConfiguration } from './configuration.js';
import { document, type ConfigurationDocument } from './document-schema.js';
import { optionFaults } from './fitting-options.js';
import { mappingFaults, repFaults } from './mapping-faults.js';
import { unknownProperties } from './unknown-properties.js';
import { upgradeDocument } from './upgrade-document.js';
import { valueFault } from './value-faults.js';

/**
 * Reads a configuration document. Everything that is wrong with it is said at once.
 *
 * @param written the parsed JSON as it came, also of an older format version
 * @param columns header texts of the file in their order; without them columns are not checked
 * @param schemaOf an entity as the company has it; preset: without fields of its own
 */
export function parseConfiguration(
  written: unknown,
  columns?: readonly string[],
  schemaOf: (entity: EntityName) => EntitySchema = entitySchema,
): ConfigurationResult {
  const json = upgradeDocument(written);
  const unknown = unknownProperties(json);
  const parsed = document.safeParse(json, { reportInput: true });
  const faults = [
    ...unknown,
    ...(parsed.success ? meaningFaults(parsed.data, columns, schemaOf) : parsed.error.issues.map(valueFault)),
  ];
  if (faults.length > 0 || !parsed.success) return { ok: false, faults };
  return { ok: true, configuration: configurationOf(parsed.data) };
}

function meaningFaults(
  config: ConfigurationDocument,
  columns: readonly string[] | undefined,
  schemaOf: (entity: EntityName) => EntitySchema,
): ConfigurationFault[] {
  if (!isEntityName(config.entity)) {
    return [{ code: 'unknown_entity', pointer: '/entity', params: unknownEntityParams(config.entity) }];
  }
  const schema = schemaOf(config.entity);
  return [...mappingFaults(config, schema, columns), ...repFaults(config, schema, columns), ...optionFaults(config)];
}

function configurationOf({ userMapping, ...config }: ConfigurationDocument): ImportConfiguration {
  return { ...config, ...(userMapping && { userMapping }) };
}
