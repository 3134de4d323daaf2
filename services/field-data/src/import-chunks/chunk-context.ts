import type { Id } from '@muster/contracts';
import { isCustomField, planSettings, type CustomFieldDefinition, type PlanSettings } from '@muster/import-model';
import type { ChunkOrder } from '@muster/import-owner';
import { withCustomColumns, type RecordTable } from '../records/record-table.js';
import { tableOfEntity } from '../records/record-tables.js';

/** What every part of the handling of a chunk needs to know of it. */
export interface ChunkContext {
  readonly table: RecordTable;
  readonly settings: PlanSettings;
  readonly repId: Id;
  /** What becomes of a record that another rep has, where the key is missing at this one. */
  readonly transfer: 'none' | 'copy' | 'move';
  readonly updateLastCalls: boolean;
  /** It is asked what is absent from the rows. */
  readonly isSync: boolean;
  /** What records are found by whose key fields have no index of their own. */
  readonly keySet: Id | undefined;
}

/** Whether an order can be carried out only with what the company added to the entity: a copy takes all of it along. */
export function needsCustomFields({ columns, options }: ChunkOrder): boolean {
  return options?.transferMode === 'copy' || columns.some(({ field }) => isCustomField(field));
}

/** The fields by which records are looked for. */
export function keysOf({ columns }: ChunkOrder): string[] {
  return columns.filter(({ behaviour }) => behaviour === 'key').map(({ field }) => field);
}

/** @throws Error when this build does not know the entity or one of the fields */
export function chunkContext(
  order: ChunkOrder,
  definitions: readonly CustomFieldDefinition[],
): Omit<ChunkContext, 'keySet'> {
  const { entity, mode, columns, repId, options = {}, planId } = order;
  if (repId === null) throw new Error(`Whose ${entity} these are the order does not say`);
  const table = withCustomColumns(tableOfEntity(entity), definitions);
  const settings = planSettings(table.schema, { mode, columns });
  // A new record has no former rep, and no copy could have the id of the original.
  const keepsAway = mode === 'create' || settings.keys.length === 0;
  const isCopyById = options.transferMode === 'copy' && settings.keys.includes('id');
  return {
    table,
    settings,
    repId,
    transfer: keepsAway || isCopyById ? 'none' : (options.transferMode ?? 'none'),
    updateLastCalls: entity === 'report' && options.updateLastCalls === true,
    isSync: planId !== undefined,
  };
}
