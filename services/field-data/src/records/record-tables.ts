import { APPOINTMENT_TABLE } from '../appointments/appointment-table.js';
import { CUSTOMER_TABLE } from '../customers/customer-table.js';
import { REPORT_TABLE } from '../reports/report-table.js';
import { TASK_TABLE } from '../tasks/task-table.js';
import type { RecordTable } from './record-table.js';

/** Of every entity: what others refer to comes first. */
export const RECORD_TABLES: readonly RecordTable[] = [CUSTOMER_TABLE, APPOINTMENT_TABLE, TASK_TABLE, REPORT_TABLE];

const TABLES = new Map<string, RecordTable>(RECORD_TABLES.map((table) => [table.schema.name, table]));

/** @throws Error when this build keeps no records of the entity */
export function tableOfEntity(entity: string): RecordTable {
  const table = TABLES.get(entity);
  if (!table) throw new Error(`There are no records of the entity "${entity}" here`);
  return table;
}
