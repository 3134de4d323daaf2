import type { DataSource } from 'typeorm';
import { createDataSource, migrate, newId, UnitOfWork, type Scope } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from '@muster/testing';
import { USER_ADMIN_DATABASE } from '../../database.js';
import type { AuditEntry } from '../audit-entry.js';
import { AuditLogRepository, type AuditFilter } from '../audit-log.repository.js';

export const scopeOf = (companyId = newId()): Scope => ({ companyId, actor: 'user:test', cause: 'request:test' });

/** The tables of user-admin, without the service. */
export class AuditDatabase {
  readonly log = new AuditLogRepository();

  private constructor(
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
    /** Owner of the tables. */
    readonly owner: DataSource,
    readonly uow: UnitOfWork,
  ) {}

  static async create(): Promise<AuditDatabase> {
    const database = await createTestDatabase();
    const { url, ownerUrl } = database.urls['user-admin'];
    await migrate(USER_ADMIN_DATABASE, ownerUrl);
    const dataSource = await createDataSource(USER_ADMIN_DATABASE, { url }).initialize();
    const owner = await createDataSource(USER_ADMIN_DATABASE, { url: ownerUrl, poolSize: 1 }).initialize();
    return new AuditDatabase(database, dataSource, owner, new UnitOfWork(dataSource, USER_ADMIN_DATABASE));
  }

  async drop(): Promise<void> {
    await this.owner.destroy();
    await this.dataSource.destroy();
    await this.database.drop();
  }

  run(scope: Scope, statement: string, ...parameters: unknown[]): Promise<unknown[]> {
    return this.uow.run(scope, (manager) => manager.query<unknown[]>(statement, parameters));
  }

  /** For what the app role may not do. */
  asOwner(scope: Scope, statement: string, ...parameters: unknown[]): Promise<unknown> {
    return this.owner.transaction(async (manager) => {
      await manager.query(
        `select set_config('muster.company', $1, true), set_config('muster.actor', 'system', true),
                set_config('muster.cause', 'request:owner', true)`,
        [scope.companyId],
      );
      return manager.query<unknown>(statement, parameters);
    });
  }

  entries(scope: Scope, filter: AuditFilter = {}): Promise<AuditEntry[]> {
    return this.uow.run(scope, async (manager) => (await this.log.page(manager, filter, 500)).entries);
  }

  /** @returns its id */
  async insertAccount(scope: Scope, email = 'rita@example.com'): Promise<string> {
    const id = newId();
    await this.run(
      scope,
      `insert into user_account (id, company_id, kind, username, display_name, authorization_level, has_own_schedule,
         language, email, password_hash, home_postal_code, working_hours_mon_from, phone, phone_e164, group_ids)
       values ($1, $2, 'staff', $3, 'Rita Rep', 0, true, 'de', $3, 'very secret', '1010', '08:00', '01 234', '+431234', $4)`,
      ...[id, scope.companyId, email, [id]],
    );
    return id;
  }
}
