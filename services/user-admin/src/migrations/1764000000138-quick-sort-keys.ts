import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames } from '@muster/persistence';

const { schema } = databaseNames('user-admin');

// A function in SQL that is not written into its caller's statement costs more to call than the work it does, and of ASCII
// nothing is to be taken apart. It says the same as before: what is stored stays as it is.
const SORT_KEY = `create or replace function sort_key(variadic given text[]) returns text
  language plpgsql immutable parallel safe as $$
  declare
    whole constant text := array_to_string(given, ' ');
  begin
    if octet_length(whole) = length(whole) then
      return lower(left(translate(whole, chr(31), ' '), 150) collate "C");
    end if;
    return left(${schema}.search_fold(whole), 150);
  end $$`;

export class QuickSortKeys1764000000138 implements MigrationInterface {
  readonly name = 'QuickSortKeys1764000000138';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SORT_KEY);
  }

  async down(): Promise<void> {
    throw new Error('Accounts by file would be slower again');
  }
}
