import type { ServiceName } from '@muster/contracts';
import { fenceByCompany } from '@muster/persistence';

// SQL for migrations. A migration that ran must go on meaning the same: never change it, add another beside it.

/** The table of {@link ChunkResult}, fenced by company. The service needs marks of restore points beside it. */
export function createChunkResultTable(service: ServiceName): string[] {
  return [
    `create table "chunk_result" (
       company_id uuid not null, import_id uuid not null, seq integer not null, rep_id uuid,
       restore_point_id uuid not null, answers text, postponed text, waiting boolean not null default false,
       record_ids uuid[] not null default '{}',
       at timestamptz not null default clock_timestamp(),
       constraint "PK_chunk_result" primary key (company_id, import_id, seq))`,
    ...fenceByCompany(service, 'chunk_result', 'select, insert, update'),
  ];
}
