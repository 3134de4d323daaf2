import { pointerTo } from '@muster/contracts';
import { fieldOf, type EntitySchema } from '../schema/field-schema.js';
import { nearest, nearParams } from '../text/nearest.js';
import { parseCell } from '../values/compile-column.js';
import type { ConfigurationFault } from './configuration.js';
import type { ConfigurationDocument } from './document-schema.js';
import { findColumn } from './find-column.js';
import { KEY_LIMIT, keyTargets } from './keys.js';

type Mapping = ConfigurationDocument['mappings'][number];
type Columns = readonly string[] | undefined;

/** For so many columns that are not there one is looked for that may be meant: a file may have thousands. */
const LOOKED_FOR = 50;

/** What is wrong with the mappings of a document whose values are all of the right type. */
export function mappingFaults(
  config: ConfigurationDocument,
  schema: EntitySchema,
  columns: Columns,
): ConfigurationFault[] {
  const seen = new Set<string>();
  const keys = keyTargets(config.mappings, schema);
  let missing = 0;
  const lookFor = (name: string) => (++missing > LOOKED_FOR ? undefined : nearest(name, columns ?? []));
  return [
    ...config.mappings.flatMap((mapping, i) => {
      const path = ['mappings', i];
      const duplicate = seen.has(mapping.TargetFieldID);
      seen.add(mapping.TargetFieldID);
      return [
        ...sourceFaults(mapping, columns, path, lookFor),
        ...(duplicate ? [fault('duplicate_target', path, 'TargetFieldID', { name: mapping.TargetFieldID })] : []),
        ...targetFaults(mapping, schema, keys, path),
        ...constantFaults(config, mapping, schema, path),
      ];
    }),
    ...keyFaults(config, schema, keys),
    ...modeFaults(config, schema),
  ];
}

/** What is wrong with the column or constant that says whose record a row is. */
export function repFaults(
  { userMapping }: ConfigurationDocument,
  { ofCompany = false }: EntitySchema,
  columns: Columns,
): ConfigurationFault[] {
  if (ofCompany)
    return userMapping ? [{ code: 'invalid_value', pointer: '/userMapping', params: { reason: 'ofCompany' } }] : [];
  const missing: ConfigurationFault = { code: 'user_mapping_missing', pointer: '/userMapping', params: {} };
  if (!userMapping) return [missing];
  const { SourceFieldID, constant } = userMapping;
  if (SourceFieldID === undefined && (constant ?? '').trim() === '') return [missing];
  return sourceFaults(userMapping, columns, ['userMapping']);
}

function sourceFaults(
  { SourceFieldID, constant }: Pick<Mapping, 'SourceFieldID' | 'constant'>,
  columns: Columns,
  path: (string | number)[],
  lookFor = (name: string) => nearest(name, columns ?? []),
): ConfigurationFault[] {
  if (SourceFieldID === undefined) return constant === undefined ? [fault('required', path, 'SourceFieldID')] : [];
  // One value cannot come from two places.
  if (constant !== undefined) return [fault('invalid_value', path, 'constant', { reason: 'twoSources' })];
  const found = columns === undefined ? 0 : findColumn(columns, SourceFieldID);
  if (typeof found === 'number') return [];
  const meant = found === 'unknown_column' ? lookFor(SourceFieldID) : undefined;
  return [fault(found, path, 'SourceFieldID', { name: SourceFieldID, ...nearParams(meant) })];
}

function targetFaults(
  { TargetFieldID: name, UpdateBehavior }: Mapping,
  schema: EntitySchema,
  keys: ReadonlySet<string>,
  path: (string | number)[],
): ConfigurationFault[] {
  const field = fieldOf(schema, name);
  if (!field) {
    const params = { entity: schema.name, name, ...nearParams(nearestField(name, schema)) };
    return [fault('unknown_target', path, 'TargetFieldID', params)];
  }
  if (UpdateBehavior === 2 && !field.usableAsKey) {
    const candidates = schema.fields.filter(({ usableAsKey }) => usableAsKey).map(({ id }) => id);
    return [fault('unusable_key', path, 'UpdateBehavior', { name, candidates: candidates.join(', ') })];
  }
  return field.readOnly && !keys.has(name) ? [fault('read_only_target', path, 'TargetFieldID', { name })] : [];
}

/** The field that may be meant by a text that is no field's id: people write what they see, a label. */
function nearestField(name: string, { fields }: EntitySchema): string | undefined {
  const id = nearest(name, fields.map((field) => field.id)); // prettier-ignore
  if (id !== undefined) return id;
  const labels = new Map(fields.flatMap(({ id: of, label, synonyms }) => [label.en, label.de, ...synonyms].map((text) => [text, of] as const)).reverse()); // prettier-ignore
  const label = nearest(name, labels.keys());
  return label === undefined ? undefined : labels.get(label);
}

/** A constant is read once, now, so that a bad one is not the fault of every row. */
function constantFaults(
  { source }: ConfigurationDocument,
  { constant, TargetFieldID, valueMap, trim }: Mapping,
  schema: EntitySchema,
  path: (string | number)[],
): ConfigurationFault[] {
  const field = fieldOf(schema, TargetFieldID);
  if (constant === undefined || !field) return [];
  const result = parseCell(field, constant, source, { trim, valueMap: new Map(Object.entries(valueMap ?? {})) });
  if (result.ok) return [];
  const { code, params } = result.problem;
  if (code === 'too_long') return [fault(code, path, 'constant', params)];
  return [fault('invalid_value', path, 'constant', { reason: 'constant' })];
}

function modeFaults({ mode }: ConfigurationDocument, { modes }: EntitySchema): ConfigurationFault[] {
  return modes.includes(mode) ? [] : [fault('not_allowed', [], 'mode', { values: modes.join(', ') })];
}

function keyFaults(
  { mode }: ConfigurationDocument,
  schema: EntitySchema,
  keys: ReadonlySet<string>,
): ConfigurationFault[] {
  const at = (code: ConfigurationFault['code'], params: ConfigurationFault['params']) => [
    fault(code, [], 'mappings', params),
  ];
  if (keys.size > KEY_LIMIT) return at('too_many_keys', { limit: KEY_LIMIT });
  const needsKey = mode !== 'create';
  return keys.size === 0 && needsKey ? at('key_missing', { candidates: schema.presetKeys.join(', ') }) : [];
}

function fault(
  code: ConfigurationFault['code'],
  path: readonly (string | number)[],
  property: string,
  params: ConfigurationFault['params'] = {},
): ConfigurationFault {
  return { code, pointer: pointerTo(...path, property), params };
}
