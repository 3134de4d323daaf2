import { randomBytes } from 'node:crypto';
import { SERVICES, type ServiceName } from '@muster/contracts';
import type { ServiceUrls } from '@muster/persistence';
import './provided-context.js';
import { execute, withDatabase } from './template-database.js';

export interface TestDatabase {
  /** Superuser, to this database. */
  readonly adminUrl: string;
  readonly urls: Record<ServiceName, ServiceUrls>;
  readonly eventLogUrl: string;
  /** Ends what is still connected. */
  drop(): Promise<void>;
}

/** A fresh database with the schemas and roles of all services, without tables; needs the global set-up. */
export async function createTestDatabase(): Promise<TestDatabase> {
  // Vitest exists inside of its workers only; who runs servers by this library has none.
  const { inject } = await import('vitest');
  const adminUrl = inject('adminUrl');
  const template = inject('template');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await execute(adminUrl, `create database ${name} template ${template.name}`);
  const urls = SERVICES.map((service) => {
    const { url, ownerUrl } = template.urls[service];
    return [service, { url: withDatabase(url, name), ownerUrl: withDatabase(ownerUrl, name) }];
  });
  return {
    adminUrl: withDatabase(adminUrl, name),
    urls: Object.fromEntries(urls) as Record<ServiceName, ServiceUrls>,
    eventLogUrl: withDatabase(template.eventLogUrl, name),
    drop: () => execute(adminUrl, `drop database if exists ${name} with (force)`),
  };
}
