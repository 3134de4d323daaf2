import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createChangeLog, fenceByCompany } from '@muster/persistence';
import { createRecordTable, externalIdIndex } from './record-table-sql.js';

const APPOINTMENT = `subject text not null, customer_id uuid,
  street text, postal_code text, city text, state text, country text,
  latitude double precision, longitude double precision,
  earliest_begin timestamp without time zone, latest_end timestamp without time zone, duration integer,
  whole_day boolean not null default false, location text, notes text`;

const TASK = `subject text not null, customer_id uuid, due_date date, priority text,
  completion_optional boolean not null default false, done boolean not null default false, notes text`;

const REPORT = `report_type text not null, customer_id uuid,
  start_time timestamp without time zone, end_time timestamp without time zone, result text, notes text`;

const CUSTOM_FIELD = [
  `create table "custom_field" (
     id uuid not null, company_id uuid not null, entity text not null, name text not null, type text not null,
     label_en text not null, label_de text not null, description_en text not null default '',
     description_de text not null default '', options jsonb not null default '[]',
     version integer not null default 1, created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     constraint "PK_custom_field" primary key (id),
     constraint "UQ_custom_field_name" unique (company_id, entity, name),
     constraint "CHK_custom_field_name" check (name ~ '^[A-Za-z][A-Za-z0-9_]{0,39}$'))`,
  ...fenceByCompany('field-data', 'custom_field'),
  // Nobody's but the company's: what stands for the rep is the field itself.
  ...createChangeLog('field-data', 'custom_field', { repColumn: 'id', generated: [] }),
];

export class Entities1764000000080 implements MigrationInterface {
  readonly name = 'Entities1764000000080';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...createRecordTable('appointment', APPOINTMENT),
      ...createRecordTable('task', TASK),
      ...createRecordTable('report', REPORT),
      ...CUSTOM_FIELD,
      `drop index "UQ_customer_external_id"`,
      ...externalIdIndex('customer'),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Records and their history are not thrown away');
  }
}
