import type { ServiceName } from '@muster/contracts';
import { fenceByCompany, openToWorker } from '@muster/persistence';

/** SQL for a service's migration; goes with `IDEMPOTENCY_ENTITIES`. Never change it, add another beside it. */
export function createIdempotencyTable(service: ServiceName): string[] {
  return [
    `create table "idempotency_key" (
       company_id uuid not null, actor text not null, operation text not null, key text not null,
       fingerprint text not null, status integer not null, headers jsonb not null, body jsonb,
       created_at timestamptz not null default now(),
       constraint "PK_idempotency_key" primary key (company_id, actor, operation, key))`,
    `create index "IDX_idempotency_key_age" on "idempotency_key" (created_at)`,
    ...fenceByCompany(service, 'idempotency_key'),
    ...openToWorker(service, 'idempotency_key', 'select, delete'),
  ];
}
