import { newCompany, repIdOf, start, until, type Import, type Tenant } from './api.js';
import { holdRep, type Release } from './holding.js';
import type { System } from './system.js';
import { configuration, csv, customerTable, repOf } from './tables.js';

const REPS = 10;
export const ROWS = 6_000;

/** A run some of whose rows are written, and of which others wait until they are let go. */
export interface RunInTheMiddle {
  readonly tenant: Tenant;
  readonly id: string;
  readonly before: Import;
  readonly release: Release;
}

export async function inTheMiddleOfRun(system: System): Promise<RunInTheMiddle> {
  const table = customerTable(ROWS, REPS);
  const tenant = await newCompany(system, REPS);
  const release = await holdRep(system, await repIdOf(tenant, repOf(REPS - 1, REPS)));
  const { id } = await start(system, tenant, { file: csv(table.rows), configuration: configuration(table.fields) });
  const before = await until(tenant, id, ({ counters }) => counters.created > 0);
  return { tenant, id, before, release };
}
