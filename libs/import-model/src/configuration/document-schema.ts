import { LANGUAGES, type Language } from '@muster/contracts';
import { z } from 'zod';
import type { ImportMode } from '../schema/field-schema.js';
import { ERROR_SHARE } from './error-limit.js';
import { START_TIMES } from './configuration.js';
import { isDatePattern } from '../values/date-pattern.js';

const MAPPINGS = 500;
const MAP_ENTRIES = 10_000;
const REP_VALUES = 20_000;

/** Every name of a mode, and the mode that it means. */
const MODES = {
  create: 'create',
  update: 'update',
  upsert: 'upsert',
  sync: 'sync',
  Insert: 'create',
  UpdateOrInsert: 'upsert',
  UpdateOrInsertOrDelete: 'sync',
} as const satisfies Record<string, ImportMode>;

/** Longest header that a document can name a column by. */
export const HEADER_LENGTH = 1_000;
const headerText = z.string().min(1).max(HEADER_LENGTH);
/** Written as text, number or boolean in JSON; read like the text of a cell. */
const constant = z.union([z.string().max(32_768), z.number(), z.boolean()]).transform(String);

/** Kept as it came: its keys may be any text, `__proto__` too. */
const valueMap = z.custom<Readonly<Record<string, string>>>(isValueMap, {
  params: { reason: 'valueMap', limit: MAP_ENTRIES },
});

function isValueMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const texts: unknown[] = Object.values(value);
  return texts.length <= MAP_ENTRIES && texts.every((text) => typeof text === 'string');
}

export const mappingEntry = z.object({
  SourceFieldID: headerText.optional(),
  constant: constant.optional(),
  TargetFieldID: z.string().min(1).max(1_000),
  UpdateBehavior: z.literal([0, 1, 2]).default(0),
  emptyCell: z.enum(['keep', 'clear', 'default']).default('keep'),
  valueMap: valueMap.optional(),
  trim: z.boolean().default(false),
});

export const userMapping = z.object({
  by: z.enum(['email', 'employeeNumber']),
  SourceFieldID: headerText.optional(),
  constant: constant.optional(),
  include: z.array(z.string()).max(REP_VALUES).optional(),
  exclude: z.array(z.string()).max(REP_VALUES).optional(),
});

export const sourceOptions = z.object({
  /** What the files are; each is read as what it is all the same. */
  format: z.enum(['csv', 'xlsx', 'ods']).optional(),
  sheet: z.string().min(1).max(255).optional(),
  headerRow: z.int().min(1).max(1_000).optional(),
  firstDataRow: z.int().min(1).max(1_048_576).optional(),
  encoding: z
    .enum(['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be', 'windows-1252', 'iso-8859-1', 'iso-8859-15'])
    .optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  quote: z.enum(['"', "'"]).optional(),
  language: z.enum(LANGUAGES as [Language, ...Language[]]).optional(),
  dateFormat: z
    .string()
    .max(40)
    .refine(isDatePattern, { params: { format: 'datePattern' } })
    .optional(),
  decimalSeparator: z.enum([',', '.']).optional(),
});

export const importOptions = z.object({
  errorPolicy: z.enum(['validOnly', 'allOrNothing']).default('validOnly'),
  maxErrors: z
    .union([
      z.int().min(0),
      z
        .string()
        .refine((text) => ERROR_SHARE.test(text), { params: { format: 'errorLimit' } })
        .meta({ pattern: ERROR_SHARE.source }),
    ])
    .optional(),
  unknownReps: z.enum(['refuse', 'ignore']).default('refuse'),
  validateOnly: z.boolean().default(false),
  transferMode: z.enum(['none', 'copy', 'move']).optional(),
  updateLastCalls: z.boolean().optional(),
  allowScheduleRemoval: z.boolean().optional(),
  unknownGroups: z.enum(['refuse', 'create']).optional(),
  notify: z.boolean().optional(),
  startAt: z.enum(START_TIMES).optional(),
  guard: z.object({ percent: z.int().min(0).max(100), count: z.int().min(0) }).optional(),
});

/** The document, as far as it is implemented; what else stands in it is refused by name beforehand. */
export const document = z.object({
  formatVersion: z.literal(1),
  entity: z.string().max(100),
  mode: z.enum(Object.keys(MODES) as [keyof typeof MODES]).transform((name): ImportMode => MODES[name]),
  source: sourceOptions.optional(),
  mappings: z.array(mappingEntry).min(1).max(MAPPINGS),
  userMapping: userMapping.optional(),
  options: importOptions.default({ errorPolicy: 'validOnly', unknownReps: 'refuse', validateOnly: false }),
});
export type ConfigurationDocument = z.output<typeof document>;
