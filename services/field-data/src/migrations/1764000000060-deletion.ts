import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames } from '@muster/persistence';

const { app, schema } = databaseNames('field-data');

// Only of records that are gone: nobody cuts the change log of those that are there. One that was moved to another rep
// before is there, and keeps its log.
const FORGET_CUSTOMER = [
  `create function forget_customer(records uuid[]) returns void language sql
   security definer set search_path = ${schema}, pg_temp as $$
     delete from "customer_change" l
      where l.record_id = any (records) and l.company_id = current_setting('muster.company')::uuid
        and not exists (select 1 from "customer" r where r.id = l.record_id)
   $$`,
  `revoke execute on function forget_customer(uuid[]) from public`,
  `grant execute on function forget_customer(uuid[]) to ${app}`,
];

export class Deletion1764000000060 implements MigrationInterface {
  readonly name = 'Deletion1764000000060';

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of FORGET_CUSTOMER) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('What was forgotten does not come back');
  }
}
