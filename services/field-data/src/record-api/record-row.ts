import type { Id } from '@muster/contracts';
import { customFieldName, isCustomField, type CellValue } from '@muster/import-model';
import { isPlain, type RecordTable } from '../records/record-table.js';
import type { StoredRow } from '../records/stored-row.js';
import type { RecordDto } from './record.dto.js';

/** A whole record, with all its fields by their ids. */
export interface RecordRow {
  readonly id: Id;
  readonly repId: Id;
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** `updatedAt` with its microseconds, ISO 8601 in UTC: what a list can go on from. */
  readonly updatedAtExact: string;
  readonly fields: StoredRow;
}

/** What people know a record by that others refer to. */
export interface NamedRecord {
  readonly id: Id;
  readonly repId: Id;
  readonly externalId: string | null;
  readonly name: string;
}

/** Records that rows refer to, by their ids. */
export type NamedRecords = ReadonlyMap<Id, NamedRecord>;

/** A record as the API answers it: every field of the schema is there, null when it is empty. */
export function recordDto(row: RecordRow, { columns, schema }: RecordTable, named: NamedRecords): RecordDto {
  const { id, repId, version, createdAt, updatedAt, fields } = row;
  const entries: [string, CellValue][] = [];
  for (const { id: field, type, readOnly } of schema.fields) {
    if (readOnly || isCustomField(field)) continue;
    const value = fields[field] ?? null;
    entries.push([field, value]);
    if (type === 'reference') entries.push(...beside(field, named.get(String(value)), repId));
  }
  const own = columns.filter((column) => !isPlain(column)).map(({ field }) => field);
  const customFields = Object.fromEntries(own.map((field) => [customFieldName(field), fields[field] ?? null]));
  return Object.assign(Object.fromEntries(entries), { id, repId, customFields, version, createdAt, updatedAt });
}

/** Only of what is the same rep's: who sees a record need not see others' of the company. */
function beside(field: string, named: NamedRecord | undefined, repId: Id): [string, CellValue][] {
  const own = named?.repId === repId ? named : undefined;
  return [
    [`${field}ExternalId`, own?.externalId ?? null],
    [`${field}Name`, own?.name ?? null],
  ];
}

/** The ids that a reference field of these rows holds. */
export function referredIds(rows: readonly RecordRow[], field: string): Id[] {
  return [...new Set(rows.flatMap(({ fields }) => (typeof fields[field] === 'string' ? [fields[field]] : [])))];
}
