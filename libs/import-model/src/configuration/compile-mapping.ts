import type { ChunkOptions } from '@muster/contracts';
import { planSettings } from '../planning/plan-settings.js';
import type { PlanColumn, PlanSettings } from '../planning/row-plan.js';
import { fieldOf, type EntitySchema, type UniqueRule } from '../schema/field-schema.js';
import type { CellParser, SourceFormat } from '../values/cell-result.js';
import { compileColumn } from '../values/compile-column.js';
import type { ImportConfiguration, ImportOptions, MappingEntry } from './configuration.js';
import { findColumn } from './find-column.js';
import { keyTargets } from './keys.js';
import { orderOptions } from './order-options.js';

/** Where a value comes from: a column of the file, counted from 0, or the same text in every row. */
export type CellSource =
  | { readonly index: number; readonly header: string; readonly constant?: undefined }
  | { readonly index?: undefined; readonly header?: undefined; readonly constant: string };

export type CompiledColumn = CellSource & PlanColumn & { readonly parse: CellParser };

/** A configuration made ready for the columns of one file. */
export interface CompiledMapping extends PlanSettings {
  readonly columns: readonly CompiledColumn[];
  /** What says whose record a row is; undefined: it is the company's. */
  readonly rep: CellSource | undefined;
  /** What no two rows of the file may share: the key, and unique fields that are mapped. */
  readonly unique: readonly UniqueRule[];
  /** What work orders say beside the rows. */
  readonly options: ChunkOptions;
}

/**
 * @param configuration as `parseConfiguration` gave it for the same header
 * @param context what is known beside the configuration: the company's `timeZone`, how the file was seen to write
 * @throws Error when the header lacks a column that the configuration names
 */
export function compileMapping(
  configuration: ImportConfiguration,
  header: readonly string[],
  schema: EntitySchema,
  context: SourceFormat = {},
): CompiledMapping {
  const { mode, mappings, userMapping, source, options } = configuration;
  const keys = keyTargets(mappings, schema);
  const columns = mappings.map((mapping) => compileEntry(mapping, header, schema, keys, { ...context, ...source }));
  const settings = planSettings(schema, { mode, columns });
  const rep = userMapping && sourceOf(userMapping, header);
  return { ...settings, columns, rep, unique: uniqueRules(settings, options), options: orderOptions(options) };
}

function compileEntry(
  mapping: MappingEntry,
  header: readonly string[],
  schema: EntitySchema,
  keys: ReadonlySet<string>,
  format: SourceFormat,
): CompiledColumn {
  const { TargetFieldID, UpdateBehavior, emptyCell, valueMap, trim } = mapping;
  const field = fieldOf(schema, TargetFieldID);
  if (!field) throw new Error(`The entity ${schema.name} has no field "${TargetFieldID}"`);
  const behaviour = keys.has(TargetFieldID) ? 'key' : UpdateBehavior === 1 ? 'keep' : 'overwrite';
  const parse = compileColumn(field, format, { trim, valueMap: new Map(Object.entries(valueMap ?? {})) });
  return { ...sourceOf(mapping, header), field: TargetFieldID, behaviour, emptyCell, parse };
}

function sourceOf(
  { SourceFieldID, constant }: Pick<MappingEntry, 'SourceFieldID' | 'constant'>,
  header: readonly string[],
): CellSource {
  if (SourceFieldID === undefined) return { constant: constant ?? '' };
  const index = findColumn(header, SourceFieldID);
  if (typeof index !== 'number') throw new Error(`${index}: "${SourceFieldID}"`);
  return { index, header: header[index] ?? '' };
}

/** The key gets a rule of its own unless a unique field is part of it, which says more. */
function uniqueRules({ schema, keys, columns }: PlanSettings, { transferMode }: ImportOptions): UniqueRule[] {
  const isMapped = (id: string) => columns.some(({ field }) => field === id);
  const rules = schema.unique.filter(({ fields }) => fields.every(isMapped));
  const covered = keys.length === 0 || rules.some(({ fields }) => fields.every((field) => keys.includes(field)));
  const all = covered ? rules : [...rules, { name: 'key', fields: keys, perRep: true }];
  // Where two reps ask for one record, whose it becomes would depend on who comes first.
  return transferMode === 'move' ? all.map((rule) => ({ ...rule, perRep: false })) : all;
}
