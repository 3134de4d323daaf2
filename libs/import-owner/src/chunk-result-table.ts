import type { ServiceName } from '@muster/contracts';
import { databaseNames, fenceByCompany, openToWorker } from '@muster/persistence';

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

/** The worker sees which companies have something of imports of long ago, and what it is is found by its age. */
export function showOldAnswers(service: ServiceName): string[] {
  return [
    `create index "IDX_chunk_result_age" on "chunk_result" (company_id, at)`,
    ...['chunk_result', 'absentee', 'absentee_tally'].flatMap((table) =>
      openToWorker(service, table, 'select (company_id, at)'),
    ),
  ];
}

export function hideOldAnswers(service: ServiceName): string[] {
  const { worker } = databaseNames(service);
  return [
    ...['chunk_result', 'absentee', 'absentee_tally'].flatMap((table) => [
      `drop policy worker on "${table}"`,
      `revoke select (company_id, at) on "${table}" from ${worker}`,
    ]),
    `drop index "IDX_chunk_result_age"`,
  ];
}
