import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fenceByCompany, openToWorker } from '@muster/persistence';
import { addFoundBy, SEARCH_FUNCTIONS } from './record-search-sql.js';

const FOUND_BY = {
  customer: ['external_id', 'name1', 'name2', 'name3', 'first_name', 'last_name', 'city'],
  appointment: ['external_id', 'subject', 'city', 'location'],
  task: ['external_id', 'subject'],
  // A report has no title; its beginning is what people remember.
  report: ['external_id', 'left(result, 300)'],
};

function indexesOf(table: string): string[] {
  return [
    `alter table "${table}" add column deleted_cause text`,
    // Lists in the order of creation.
    `create index "IDX_${table}_id" on "${table}" (company_id, id)`,
    // The recycle bin of a company, and what is due to leave the bins of all.
    `create index "IDX_${table}_bin" on "${table}" (company_id, deleted_at) where deleted_at is not null`,
    `create index "IDX_${table}_bin_age" on "${table}" (deleted_at) where deleted_at is not null`,
    ...openToWorker('field-data', table, 'select (company_id, deleted_at)'),
  ];
}

const REMOVAL = [
  `create table "custom_field_removal" (
     id uuid not null, company_id uuid not null, entity text not null, name text not null, at_record uuid,
     actor text not null, cause text not null,
     constraint "PK_custom_field_removal" primary key (id),
     constraint "UQ_custom_field_removal_name" unique (company_id, entity, name))`,
  ...fenceByCompany('field-data', 'custom_field_removal'),
  ...openToWorker('field-data', 'custom_field_removal', 'select (id, company_id, actor, cause)'),
];

export class RecordApi1764000000090 implements MigrationInterface {
  readonly name = 'RecordApi1764000000090';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...SEARCH_FUNCTIONS,
      ...Object.entries(FOUND_BY).flatMap(([table, found]) => [...indexesOf(table), ...addFoundBy(table, found)]),
      ...REMOVAL,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What lies in recycle bins would not be told apart any more');
  }
}
