import type { ProblemCode } from '@muster/contracts';
import type { RecordTable } from '../records/record-table.js';
import { RECORD_TABLES } from '../records/record-tables.js';

/** What the HTTP API says of one entity, beside its schema. */
export interface RecordKind {
  readonly table: RecordTable;
  /** As in `GET /v1/customers`. */
  readonly path: string;
  /** As in `createCustomer` and `CustomerDto`. */
  readonly name: string;
  /** As in "Reads a customer." */
  readonly label: string;
  readonly notFound: ProblemCode;
  /** The field by which people recognise a record. */
  readonly title: string;
  /** Properties of a body that are no fields: what else is to be done with a new record. */
  readonly switches: readonly string[];
}

const NAMES: Readonly<Record<string, Omit<RecordKind, 'table' | 'path' | 'name'>>> = {
  customer: { label: 'a customer', notFound: 'customer_not_found', title: 'name1', switches: [] },
  appointment: { label: 'an appointment', notFound: 'appointment_not_found', title: 'subject', switches: [] },
  task: { label: 'a task', notFound: 'task_not_found', title: 'subject', switches: [] },
  report: { label: 'a report', notFound: 'report_not_found', title: 'type', switches: ['updateLastCalls'] },
};

/** In the order of `RECORD_TABLES`. */
export const RECORD_KINDS: readonly RecordKind[] = RECORD_TABLES.map((table) => {
  const entity = table.schema.name;
  const names = NAMES[entity];
  if (!names) throw new Error(`Nobody has said how the API calls records of the entity "${entity}"`);
  return { table, path: `${entity}s`, name: entity.charAt(0).toUpperCase() + entity.slice(1), ...names };
});

const BY_ENTITY = new Map(RECORD_KINDS.map((kind) => [kind.table.schema.name, kind]));

/** @throws Error when there are no records of the entity */
export function kindOfEntity(entity: string): RecordKind {
  const kind = BY_ENTITY.get(entity);
  if (!kind) throw new Error(`There are no records of the entity "${entity}" here`);
  return kind;
}
