import { createDataSource, newId, UnitOfWork } from '@muster/persistence';
import { USER_ADMIN_DATABASE } from './database.js';
import { newSecret } from './sign-in/secret.js';
import { ApiKeysRepository } from './api-keys/api-keys.repository.js';
import { makeApiKey } from './api-keys/make-api-key.js';

export interface OperatorKeyOptions {
  /** Connection URL of the service's login role; its schema is migrated. */
  readonly url: string;
  /** Preset: `operator`. */
  readonly name?: string;
  /** Preset: a year from now. */
  readonly expiresAt?: Date;
}

/**
 * Makes an API key for an operator, who runs the installation and belongs to no company. Whoever has the database's
 * password may do so; there is no HTTP route for it.
 * @returns the key, `msk_...`; it is kept nowhere
 */
export async function createOperatorKey({ url, name = 'operator', expiresAt }: OperatorKeyOptions): Promise<string> {
  const dataSource = createDataSource(USER_ADMIN_DATABASE, { url, poolSize: 1 });
  await dataSource.initialize();
  try {
    const wanted = { companyId: null, name, scopes: [], expiresAt, createdBy: 'system' };
    const { key, text } = makeApiKey(wanted, newId(), newSecret(), new Date());
    const keys = new ApiKeysRepository();
    await new UnitOfWork(dataSource, USER_ADMIN_DATABASE).runAsWorker((manager) => keys.insert(manager, key));
    return text;
  } finally {
    await dataSource.destroy();
  }
}
