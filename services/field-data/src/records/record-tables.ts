import { CUSTOMER_TABLE } from '../customers/customer-table.js';
import type { RecordTable } from './record-table.js';

const TABLES = new Map<string, RecordTable>([CUSTOMER_TABLE].map((table) => [table.schema.name, table]));

/** @throws Error when this build keeps no records of the entity */
export function tableOfEntity(entity: string): RecordTable {
  const table = TABLES.get(entity);
  if (!table) throw new Error(`There are no records of the entity "${entity}" here`);
  return table;
}
