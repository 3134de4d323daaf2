import pg from 'pg';
import { vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import type { System } from './system.js';

/** A customer that whoever would change it waits for: a unit of work that is surely in the middle. */
export class HeldRecord {
  /** @param place among the customers with these external ids, in the order of their ids, in which they are removed */
  static async take({ adminUrl }: System, externalIds: readonly string[], place: number): Promise<HeldRecord> {
    const client = new pg.Client({ connectionString: adminUrl });
    await client.connect();
    await client.query('begin');
    const { rowCount } = await client.query(
      `select 1 from field_data.customer where id = (
         select id from field_data.customer where external_id = any($1) order by id offset $2 limit 1) for update`,
      [externalIds, place],
    );
    if (rowCount !== 1) throw new Error('There is no such customer');
    return new HeldRecord(client);
  }

  private constructor(private readonly client: pg.Client) {}

  /** Until somebody would change it. */
  async awaited(): Promise<void> {
    const waiting = 'select 1 from pg_locks where not granted and pg_backend_pid() = any(pg_blocking_pids(pid))';
    await vi.waitFor(async () => {
      if ((await this.client.query(waiting)).rowCount === 0) throw new Error('Nobody waits for the record');
    }, PATIENT);
  }

  /** As it was. */
  release(): Promise<void> {
    return this.client.end();
  }
}
