import type { ServiceName } from '@muster/contracts';
import type { EntitySchema, MigrationInterface } from 'typeorm';

type Class<T> = new (...args: never[]) => T;

/** What a service keeps in its schema: its tables and the way to them. */
export interface ServiceDatabase {
  readonly service: ServiceName;
  readonly entities: readonly (Class<unknown> | EntitySchema)[];
  /** In order of their time stamps, which end their class names. */
  readonly migrations: readonly Class<MigrationInterface>[];
}

/**
 * The names that follow from the service's own: schema `field_data`, and four roles. `login` connects and may do nothing
 * by itself; every unit of work takes one of `app` (one company, by row-level security) and `worker` (queues over all
 * companies). `owner` owns the tables and runs migrations.
 */
export interface DatabaseNames {
  readonly schema: string;
  readonly login: string;
  readonly app: string;
  readonly worker: string;
  readonly owner: string;
}

export function databaseNames(service: ServiceName): DatabaseNames {
  const schema = service.replaceAll('-', '_');
  const role = `muster_${schema}`;
  return { schema, login: role, app: `${role}_app`, worker: `${role}_worker`, owner: `${role}_owner` };
}
