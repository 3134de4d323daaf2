import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fenceByCompany } from '@muster/persistence';

const TABLES = [
  `create table "import_configuration" (
     id uuid not null, company_id uuid not null, name text not null, name_key text collate "C" not null,
     entity text not null, version integer not null, created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     constraint "PK_import_configuration" primary key (id),
     constraint "UQ_import_configuration_name" unique (company_id, name_key))`,
  `create table "import_configuration_version" (
     company_id uuid not null, configuration_id uuid not null, version integer not null, name text not null,
     document jsonb not null, created_by text not null, created_at timestamptz not null default now(),
     constraint "PK_import_configuration_version" primary key (configuration_id, version))`,
  `alter table "import_job" add configuration_id uuid, add configuration_version integer`,
];

export class Configurations1764000000030 implements MigrationInterface {
  readonly name = 'Configurations1764000000030';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...TABLES,
      ...fenceByCompany('import', 'import_configuration'),
      // What a run was done with is never rewritten.
      ...fenceByCompany('import', 'import_configuration_version', 'select, insert, delete'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Saved configurations would be lost');
  }
}
