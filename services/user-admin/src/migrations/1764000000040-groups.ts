import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditTable, databaseNames, fenceByCompany } from '@muster/persistence';

const { schema } = databaseNames('user-admin');

// Names are compared without regard to letter case as Unicode says, whatever the database's own locale.
const GENERATED = {
  name_key: 'casefold(name collate pg_unicode_fast)',
  name_order: 'sort_key(name)',
};

const USER_GROUP = [
  `create table "user_group" (
     id uuid not null, company_id uuid not null, name text not null,
     ${Object.entries(GENERATED)
       .map(([name, key]) => `${name} text collate "C" generated always as (${key}) stored`)
       .join(', ')},
     version integer not null default 1, created_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     constraint "PK_user_group" primary key (id),
     constraint "UQ_user_group_name" unique (company_id, name_key))`,
  `create index "IDX_user_group_by_name" on "user_group" (company_id, name_order, id)`,
  `insert into "typeorm_metadata" (type, database, schema, "table", name, value)
   select 'GENERATED_COLUMN', current_database(), '${schema}', 'user_group', c.* from (values
     ${Object.entries(GENERATED)
       .map(([name, key]) => `('${name}', '${key}')`)
       .join(', ')}) c`,
  ...fenceByCompany('user-admin', 'user_group'),
  ...auditTable('user-admin', 'user_group', { kind: 'group', label: 'r.name' }),
];

// The codes are an object, so that the audit log says which of them became another, and their order stands beside it. A
// list that nobody has written has no row.
const CODE_LIST = [
  `create table "code_list" (
     company_id uuid not null, list text not null, codes jsonb not null, sequence text[] not null,
     version integer not null, updated_at timestamptz not null default now(),
     constraint "PK_code_list" primary key (company_id, list))`,
  ...fenceByCompany('user-admin', 'code_list', 'select, insert, update'),
  ...auditTable('user-admin', 'code_list', {
    kind: 'code-list',
    subject: 'list',
    label: 'r.list',
    ignored: ['list'],
  }),
];

export class Groups1764000000040 implements MigrationInterface {
  readonly name = 'Groups1764000000040';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [...USER_GROUP, ...CODE_LIST]) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Groups and codes would be lost');
  }
}
