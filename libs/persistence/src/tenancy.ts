import type { ServiceName } from '@muster/contracts';
import { databaseNames } from './service-database.js';

// SQL for migrations. A migration that ran must go on meaning the same: never change these, add others beside them.

const OWN_COMPANY = `company_id = current_setting('muster.company')::uuid`;

/**
 * Fences a table with a `company_id` by FORCE row-level security and grants it to the service's app role. Without a
 * company the policy raises an error instead of finding nothing. The owner is under the policy too (it runs triggers).
 */
export function fenceByCompany(
  service: ServiceName,
  table: string,
  grants = 'select, insert, update, delete',
): string[] {
  const { app, owner } = databaseNames(service);
  return [
    `alter table "${table}" enable row level security`,
    `alter table "${table}" force row level security`,
    `create policy company on "${table}" to ${app}, ${owner} using (${OWN_COMPANY}) with check (${OWN_COMPANY})`,
    `grant ${grants} on "${table}" to ${app}`,
  ];
}

/** Lets the service's worker role reach a fenced table over all companies: queues, marks, credential look-up only. */
export function openToWorker(service: ServiceName, table: string, grants: string): string[] {
  const { worker } = databaseNames(service);
  return [
    `create policy worker on "${table}" to ${worker} using (true) with check (true)`,
    `grant ${grants} on "${table}" to ${worker}`,
  ];
}

/** A table without a company, for the worker role alone. */
export function workerTable(service: ServiceName, table: string, grants = 'select, insert, update, delete'): string[] {
  return [`grant ${grants} on "${table}" to ${databaseNames(service).worker}`];
}
