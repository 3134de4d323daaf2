import type { MigrationInterface, QueryRunner } from 'typeorm';
import { fenceByCompany, openToWorker } from '@muster/persistence';

const TABLES = [
  `create table "upload_series" (
     upload_id uuid not null, company_id uuid not null, import_id uuid not null, series_id text collate "C",
     part_count integer, next_step text, closed_at timestamptz,
     constraint "PK_upload_series" primary key (upload_id))`,
  `create index "IDX_upload_series_name" on "upload_series" (company_id, series_id)`,
  `create table "upload_part" (
     company_id uuid not null, upload_id uuid not null, no integer not null, part_upload_id uuid not null,
     constraint "PK_upload_part" primary key (upload_id, no))`,
  `create index "IDX_upload_part_file" on "upload_part" (part_upload_id)`,
  `alter table "import_job" add part_offsets jsonb`,
  `alter table "import_reading" add part_offsets jsonb`,
];

export class PartsOfUploads1764000000041 implements MigrationInterface {
  readonly name = 'PartsOfUploads1764000000041';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...TABLES,
      ...fenceByCompany('import', 'upload_series'),
      ...fenceByCompany('import', 'upload_part'),
      // What is kept of an upload depends on the series that it is a part of.
      ...openToWorker('import', 'upload_part', 'select'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Which files make up an upload is not forgotten');
  }
}
