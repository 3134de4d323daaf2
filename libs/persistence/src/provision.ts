import pg from 'pg';
import { SERVICES, type ServiceName } from '@muster/contracts';
import { databaseNames } from './service-database.js';

export interface ServiceUrls {
  /** For the running service. */
  readonly url: string;
  /** For migrations. */
  readonly ownerUrl: string;
}

/**
 * Creates the roles and schemas of all services in one database, for development, tests and the embedded default.
 * Repeating it changes nothing. All roles share `password`.
 * @param adminUrl connection URL of a role that may create roles; its database is the one provisioned
 */
export async function provision(adminUrl: string, password: string): Promise<Record<ServiceName, ServiceUrls>> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    // Roles belong to the whole cluster: two databases may be provisioned at the same time.
    await client.query(`select pg_advisory_xact_lock(hashtext('muster.provision'))`);
    for (const service of SERVICES) {
      for (const statement of provisionStatements(service, password)) await client.query(statement);
    }
    await client.query('commit');
  } finally {
    await client.end();
  }
  return Object.fromEntries(
    SERVICES.map((service) => {
      const { login, owner } = databaseNames(service);
      return [service, { url: withUser(adminUrl, login, password), ownerUrl: withUser(adminUrl, owner, password) }];
    }),
  ) as Record<ServiceName, ServiceUrls>;
}

/** The statements for one service; also what an administrator of a managed database runs by hand. */
export function provisionStatements(service: ServiceName, password: string): string[] {
  const { schema, login, app, worker, owner } = databaseNames(service);
  const secret = pg.escapeLiteral(password);
  const role = (name: string, options: string) => `do $$ begin create role ${name} ${options};
    exception when duplicate_object then null; end $$`;
  return [
    role(owner, 'login'),
    role(login, 'login noinherit'),
    role(app, 'nologin'),
    role(worker, 'nologin'),
    `alter role ${owner} password ${secret}`,
    `alter role ${login} password ${secret}`,
    `grant ${app}, ${worker} to ${login} with inherit false, set true`,
    `create schema if not exists ${schema} authorization ${owner}`,
    `grant usage on schema ${schema} to ${app}, ${worker}, ${login}`,
    `grant execute on function pg_control_system() to ${app}`,
  ];
}

function withUser(url: string, user: string, password: string): string {
  const result = new URL(url);
  result.username = user;
  result.password = encodeURIComponent(password);
  return result.href;
}
