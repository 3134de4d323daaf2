import type { MigrationInterface, QueryRunner } from 'typeorm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrate, schemaDrift, type ServiceDatabase } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { createMessagingTables, MESSAGING_ENTITIES } from './messaging-tables.js';

class Foundation1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of createMessagingTables('import')) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('not needed'));
  }
}

const database: ServiceDatabase = {
  service: 'import',
  entities: MESSAGING_ENTITIES,
  migrations: [Foundation1764000000000],
};
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase();
  await migrate(database, db.urls.import.ownerUrl);
});
afterAll(() => db.drop());

it('makes the tables that the entities say', async () => {
  expect(await schemaDrift(database, db.urls.import.ownerUrl)).toEqual([]);
});
