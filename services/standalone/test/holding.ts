import pg from 'pg';
import { vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import type { Id } from '@muster/contracts';
import type { System } from './system.js';

/** Lets go what is held. Where the database ended meanwhile, nothing is held any more. */
export type Release = () => Promise<void>;

/** The chunks of a rep's records wait for as long as this is held, those of reps whose events travel apart do not: a run stays in its middle. */
export function holdRep(system: System, repId: Id): Promise<Release> {
  return hold(system, `field-data schedule ${repId}`);
}

/** Whatever changes accounts of a company waits for as long as this is held. */
export function holdAccounts(system: System, companyId: Id): Promise<Release> {
  return hold(system, `user-admin accounts ${companyId}`);
}

/**
 * Lets those through who wait for what is held, one after the other, until the work has advanced, and holds those behind: work in
 * steps is in its middle. Who waits first may be what is left of a process that was killed.
 */
export async function holdAfterStep(
  system: System,
  companyId: Id,
  held: Release,
  hasAdvanced: () => Promise<boolean>,
): Promise<Release> {
  for (let release = held; ;) {
    await waiting(system, 1);
    const again = holdAccounts(system, companyId);
    await waiting(system, 2);
    await release();
    release = await again;
    if (await hasAdvanced()) return release;
  }
}

/** Until so many wait for a lock by name. */
async function waiting({ adminUrl }: System, count: number): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const sql = `select 1 from pg_locks where locktype = 'advisory' and not granted
                   and database = (select oid from pg_database where datname = current_database())`;
    await vi.waitUntil(async () => (await client.query(sql)).rows.length >= count, PATIENT);
  } finally {
    await client.end();
  }
}

/** By the lock that its owner takes first in each unit of work. */
async function hold({ adminUrl }: System, name: string): Promise<Release> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => {});
  await client.connect();
  await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [name]);
  return () => client.end().catch(() => {});
}
