import pg from 'pg';

const ROLE = 'muster_events';

/**
 * Creates the role, schema and tables of the embedded event log in one database. Repeating it changes nothing.
 * @param adminUrl connection URL of a role that may create roles
 * @returns the connection URL for {@link createEmbeddedTransport}
 */
export async function provisionEventLog(adminUrl: string, password: string): Promise<string> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('muster.provision'))`);
    for (const statement of statements(password)) await client.query(statement);
    await client.query('commit');
  } finally {
    await client.end();
  }
  const url = new URL(adminUrl);
  url.username = ROLE;
  url.password = encodeURIComponent(password);
  return url.href;
}

function statements(password: string): string[] {
  return [
    `do $$ begin create role ${ROLE} login; exception when duplicate_object then null; end $$`,
    `alter role ${ROLE} password ${pg.escapeLiteral(password)}`,
    `create schema if not exists events authorization ${ROLE}`,
    `create table if not exists events.log (
       topic text not null, partition integer not null, "offset" bigint generated always as identity,
       key text not null, headers json not null, value text, packed bytea, at timestamptz not null default clock_timestamp(),
       constraint "PK_log" primary key (topic, partition, "offset"))`,
    // For logs that were made before values could be packed.
    `alter table events.log add column if not exists packed bytea`,
    `alter table events.log alter column value drop not null`,
    // Read once or twice and then deleted: compressing costs more than it saves.
    `alter table events.log alter column value set storage external, alter column packed set storage external`,
    // The next offset that a group has to read.
    `create table if not exists events.position (
       "group" text not null, topic text not null, partition integer not null, next bigint not null default 0,
       constraint "PK_position" primary key ("group", topic, partition)) with (fillfactor = 50)`,
    `alter table events.log owner to ${ROLE}`,
    `alter table events.position owner to ${ROLE}`,
  ];
}
