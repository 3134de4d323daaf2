import pg from 'pg';

/** What an import has left behind where others see it. */
export interface Traces {
  /** Entries of the change logs of accounts and records. */
  readonly changes: number;
  /** Entries of the audit log about anything but the import itself. */
  readonly audits: number;
  /** Events about accounts and records. */
  readonly events: number;
}

export const NO_TRACES: Traces = { changes: 0, audits: 0, events: 0 };

const CHANGE_LOGS = [
  ...['user_admin.user_account', 'user_admin.custom_field', 'field_data.custom_field'],
  ...['field_data.customer', 'field_data.appointment', 'field_data.task', 'field_data.report'],
];

const EVENTS = `topic in ('muster.users.v1', 'muster.records.v1', 'muster.access-links.v1') and headers ->> 'ce_cause' = $1`;

export async function tracesOf(adminUrl: string, importId: string): Promise<Traces> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const logs = await client.query<{ name: string }>(
      `select name from unnest($1::text[]) name where to_regclass(name || '_change') is not null`,
      [CHANGE_LOGS],
    );
    const changes = logs.rows.map(({ name }) => `(select count(*) from ${name}_change where cause = $1)`).join(' + ');
    // What is not yet published is still in the outbox.
    const events = ['events.log', 'user_admin.outbox', 'field_data.outbox']
      .map((table) => `(select count(*) from ${table} where ${EVENTS})`)
      .join(' + ');
    const { rows } = await client.query<Traces>(
      `select (${changes})::integer as changes, (${events})::integer as events,
              (select count(*) from user_admin.audit_log where cause = $1 and subject_kind <> 'import')::integer as audits`,
      [`import:${importId}`],
    );
    const [found] = rows;
    if (!found) throw new Error('unreachable');
    return found;
  } finally {
    await client.end();
  }
}
