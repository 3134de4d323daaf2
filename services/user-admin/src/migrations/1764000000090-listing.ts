import type { MigrationInterface, QueryRunner } from 'typeorm';
import { databaseNames, fenceByCompany, joinAuditsByHash, replaceChangeLog } from '@muster/persistence';
import { joinByHash } from './listing/hash-joins.js';
import { createListing } from './listing/listing.js';
import { createMembers } from './listing/members.js';
import { renewTerms } from './listing/terms.js';

const { schema } = databaseNames('user-admin');
const TABLES = ['user_listing', 'user_group_member'];

const INDEXES = ['name', 'email', 'number'].map((order) => `drop index "IDX_user_account_by_${order}"`);

// The owner is under row-level security too, and has no company here.
const READ = ['user_account', 'access_link', 'user_account_term'];
const unforced = READ.map((table) => `alter table "${table}" no force row level security`);
const forced = READ.map((table) => `alter table "${table}" force row level security`);

// Taking the generated columns out of an old row one by one took longer than writing it.
const CHANGE_LOG = replaceChangeLog('user-admin', 'user_account', {
  repColumn: 'id',
  generated: [
    ...['email_key', 'username_key', 'password_hash', 'name_order', 'email_order', 'number_order', 'found_by'],
  ],
});

export class Listing1764000000090 implements MigrationInterface {
  readonly name = 'Listing1764000000090';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...unforced,
      ...renewTerms(schema),
      ...createMembers(schema),
      ...createListing(schema),
      ...forced,
      ...TABLES.flatMap((table) => fenceByCompany('user-admin', table, 'select')),
      ...INDEXES,
      ...joinByHash(schema),
      ...joinAuditsByHash('user-admin'),
      ...CHANGE_LOG,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Lists would be slow again');
  }
}
