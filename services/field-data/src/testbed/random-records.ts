import fc from 'fast-check';
import type { ChunkOptions, Id } from '@muster/contracts';
import { comparedAs, fieldOf, planSettings, rowKey, type ChunkRow, type PlanSettings } from '@muster/import-model';
import type { ChunkOrder } from '@muster/import-owner';
import { withCustomColumns } from '../records/record-table.js';
import { tableOfEntity } from '../records/record-tables.js';
import { CUSTOMERS } from './import-model.js';
import type { Cell } from './chunk-testbed.js';

type Column = ChunkOrder['columns'][number];

/** Where a file names a record by its id: the one with this number among all of its kind, or one that there is not. */
export interface NamedById {
  readonly record: number;
}

interface RandomRow {
  readonly rep: number;
  readonly cells: readonly (Cell | NamedById)[];
}

/** A file of records of two reps. */
export interface RandomFile {
  readonly entity: string;
  readonly mode: 'create' | 'update' | 'upsert' | 'sync';
  readonly columns: readonly Column[];
  readonly options: ChunkOptions;
  readonly rows: readonly RandomRow[];
  readonly chunkSize: number;
  /** Rows of a sync that were found invalid before, by their places. */
  readonly settled: readonly number[];
  /** External ids of records that somebody puts into the recycle bin before. */
  readonly binned: readonly string[];
}

export interface FileRow extends ChunkRow {
  readonly rep: number;
}

export const REPS = 2;
/** A text field of the company's own, which every kind of record has. */
export const OWN_FIELD = 'size';
const OWN = `customFields.${OWN_FIELD}`;
const KEYS_OF_FILE = ['1', '2', '3', '4', '5'];
const DAYS = ['2026-03-14T09:00:00', '2026-03-14T10:00:00', '2026-03-15T09:30:00', null];

const COMMON: Record<string, readonly Cell[]> = {
  externalId: [...KEYS_OF_FILE, null],
  [OWN]: ['S', 'M', 'L', null],
  notes: ['seen', null],
};
const CUSTOMER = [...CUSTOMERS, 'nobody', null];
const POOLS: Record<string, Record<string, readonly Cell[]>> = {
  customer: { ...COMMON, name1: ['Adler', 'Bär', 'Cerny', null], city: ['Wien', 'Graz', null], latitude: [47.07, null], longitude: [15.43, null], callInterval: [7, 14, null], doNotCall: [true, false, null], phone: ['+43 1 2', null] },
  appointment: { ...COMMON, subject: ['Call', 'Visit', null], customer: CUSTOMER, city: ['Graz', null], earliestBegin: DAYS, latestEnd: DAYS, duration: [30, 60, null] },
  task: { ...COMMON, subject: ['Call', 'Visit', null], customer: CUSTOMER, dueDate: ['2026-03-14', null], priority: ['low', 'high', null], done: [true, false, null] },
  report: { ...COMMON, type: ['customerCall', 'other', null], customer: CUSTOMER, start: DAYS, end: DAYS },
}; // prettier-ignore
const NEEDED: Record<string, readonly string[]> = {
  customer: ['name1'],
  appointment: ['subject', 'customer', 'earliestBegin', 'duration'],
  task: ['subject'],
  report: ['type', 'customer', 'start'],
};

const column = (field: string, behaviour: Column['behaviour'], emptyCell: Column['emptyCell'] = 'keep'): Column => {
  return { field, behaviour, emptyCell };
};

function written(field: string): fc.Arbitrary<Column> {
  const behaviour = fc.constantFrom('overwrite' as const, 'overwrite' as const, 'keep' as const);
  const emptyCell = fc.constantFrom('keep' as const, 'keep' as const, 'clear' as const, 'default' as const);
  return fc.tuple(behaviour, emptyCell).map(([how, empty]) => column(field, how, empty));
}

function columnsOf(entity: string): fc.Arbitrary<readonly Column[]> {
  const pool = Object.keys(POOLS[entity] ?? {});
  const [title = ''] = NEEDED[entity] ?? [];
  const keys = fc.constantFrom<string[]>(['externalId'], ['externalId'], ['externalId'], ['id'], [OWN], ['externalId', OWN], [title, OWN]);
  return fc.tuple(keys, fc.subarray(pool, { minLength: 1 }), fc.boolean()).chain(([chosen, some, canCreate]) => {
    const others = [...new Set([...(canCreate ? (NEEDED[entity] ?? []) : []), ...some])].filter((field) => !chosen.includes(field));
    return fc.tuple(...chosen.map((field) => fc.constant(column(field, 'key'))), ...others.map(written));
  });
} // prettier-ignore

function cellOf(entity: string, { field }: Column): fc.Arbitrary<Cell | NamedById> {
  if (field !== 'id') return fc.constantFrom(...(POOLS[entity]?.[field] ?? [null]));
  return fc.oneof(
    { weight: 6, arbitrary: fc.record({ record: fc.nat(9) }) },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

const options = fc
  .tuple(fc.constantFrom('none' as const, 'none' as const, 'copy' as const, 'move' as const), fc.boolean())
  .map(([transferMode, updateLastCalls]): ChunkOptions => {
    return { ...(transferMode !== 'none' && { transferMode }), ...(updateLastCalls && { updateLastCalls }) };
  });

/** Most files are of one kind of records, so that there is something for them to find. */
export const randomFiles: fc.Arbitrary<RandomFile[]> = fc
  .constantFrom(...Object.keys(POOLS))
  .chain((entity) => fc.array(randomFile(entity), { minLength: 4, maxLength: 7 }));

function randomFile(entity: string): fc.Arbitrary<RandomFile> {
  return columnsOf(entity).chain((columns) =>
    fc.record({
      entity: fc.constant(entity),
      mode: fc.constantFrom('create', 'update', 'upsert', 'upsert', 'sync'),
      columns: fc.constant(columns),
      options,
      rows: fc.array(
        fc.record({ rep: fc.nat(REPS - 1), cells: fc.tuple(...columns.map((one) => cellOf(entity, one))) }),
        { minLength: 1, maxLength: 12 },
      ),
      chunkSize: fc.integer({ min: 1, max: 6 }),
      settled: fc.subarray([0, 1, 2], { maxLength: 1 }),
      binned: fc.subarray(KEYS_OF_FILE, { maxLength: 2 }),
    }),
  );
}

export function settingsOf({ entity, mode, columns }: RandomFile): PlanSettings {
  const label = { en: OWN_FIELD, de: OWN_FIELD };
  const own = { name: OWN_FIELD, type: 'text', label, description: label, options: [] } as const;
  const { schema } = withCustomColumns(tableOfEntity(entity), [own]);
  return planSettings(schema, { mode, columns: [...columns] });
}

/** The file with ids in it, without the rows that staging finds invalid because they share a key or an external id. */
export function rowsOf(file: RandomFile, records: readonly Id[]): FileRow[] {
  const settings = settingsOf(file);
  const perRep = file.options.transferMode !== 'move';
  const seen = new Map<string, number>();
  const rows = file.rows.map(({ rep, cells }, i) => {
    const values = cells.map((cell) =>
      typeof cell === 'object' && cell !== null ? (records[cell.record] ?? 'f'.repeat(32)) : cell,
    );
    const key = rowKey(values, settings);
    const at = file.columns.findIndex(({ field }) => field === 'externalId');
    const externalId = values[at] ?? null;
    const compared = key.kind === 'key' ? key.values.map((value, k) => comparedAs(value, fieldOf(settings.schema, settings.keys[k] ?? ''))) : []; // prettier-ignore
    const texts = [
      ...(externalId === null ? [] : [`externalId ${externalId}`]),
      ...(compared.length > 0 ? [`key ${JSON.stringify(compared)}`] : []),
    ].map((text) => (perRep ? `${rep} ${text}` : text));
    for (const text of texts) seen.set(text, (seen.get(text) ?? 0) + 1);
    return { row: { rep, row: i + 2, values }, texts };
  });
  return rows.filter(({ texts }) => texts.every((text) => seen.get(text) === 1)).map(({ row }) => row);
}
