import pg from 'pg';
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

/** By the lock that its owner takes first in each unit of work. */
async function hold({ adminUrl }: System, name: string): Promise<Release> {
  const client = new pg.Client({ connectionString: adminUrl });
  client.on('error', () => {});
  await client.connect();
  await client.query(`select pg_advisory_lock(hashtextextended($1, 0))`, [name]);
  return () => client.end().catch(() => {});
}
