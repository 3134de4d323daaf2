import type { MigrationInterface, QueryRunner } from 'typeorm';
import { keepFilledColumns, writeAuditsAsText } from '@muster/persistence';

const GENERATED = [
  ...['email_key', 'username_key', 'password_hash', 'name_order', 'email_order', 'number_order', 'found_by'],
];

export class CheaperLogs1764000000137 implements MigrationInterface {
  readonly name = 'CheaperLogs1764000000137';

  async up(runner: QueryRunner): Promise<void> {
    const options = { repColumn: 'id', generated: GENERATED };
    const statements = [
      ...writeAuditsAsText('user-admin'),
      ...keepFilledColumns('user-admin', 'user_account', options),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error('Accounts by file would be slow again');
  }
}
