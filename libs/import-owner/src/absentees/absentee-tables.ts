import type { ServiceName } from '@muster/contracts';
import { fenceByCompany } from '@muster/persistence';

// SQL for migrations. A migration that ran must go on meaning the same: never change it, add another beside it.

/** The tables of {@link PlannedPresence} and {@link Absentee}, fenced by company. */
export function createAbsenteeTables(service: ServiceName): string[] {
  return [
    `create table "planned_presence" (
       company_id uuid not null, plan_id uuid not null, seq integer not null, import_id uuid not null, rep_id uuid,
       record_ids uuid[] not null,
       constraint "PK_planned_presence" primary key (company_id, plan_id, seq))`,
    `create index "IDX_planned_presence_import" on "planned_presence" (company_id, import_id)`,
    ...fenceByCompany(service, 'planned_presence'),
    `create table "absentee" (
       company_id uuid not null, plan_id uuid not null, record_id uuid not null, import_id uuid not null, rep_id uuid,
       state text not null default 'planned', code text, at timestamptz not null default clock_timestamp(),
       constraint "PK_absentee" primary key (company_id, plan_id, record_id))`,
    // What is left to do of a rep, found without what is done.
    `create index "IDX_absentee_planned" on "absentee" (company_id, plan_id, rep_id, record_id) where state = 'planned'`,
    `create index "IDX_absentee_import" on "absentee" (company_id, import_id, record_id)`,
    `create index "IDX_absentee_age" on "absentee" (company_id, at)`,
    ...fenceByCompany(service, 'absentee'),
  ];
}

/** Who is left to go, and how many are gone, found for each rep without the others, whatever is done already. */
export function indexAbsenteesByState(): string[] {
  return [
    `create index "IDX_absentee_state" on "absentee" (company_id, plan_id, rep_id, state, record_id)`,
    `drop index "IDX_absentee_planned"`,
  ];
}

/** What is counted of them once, and the few that a rule keeps, found among all. */
export function tallyAbsentees(service: ServiceName): string[] {
  return [
    `create table "absentee_tally" (
       company_id uuid not null, plan_id uuid not null, whose uuid not null, noted integer not null, removed integer not null,
       present text, at timestamptz not null default clock_timestamp(),
       constraint "PK_absentee_tally" primary key (company_id, plan_id, whose))`,
    ...fenceByCompany(service, 'absentee_tally'),
    `create index "IDX_absentee_code" on "absentee" (company_id, plan_id, rep_id, record_id) where code is not null`,
  ];
}
