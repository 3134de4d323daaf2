import type { EntityManager } from 'typeorm';
import type { ServiceName } from '@muster/contracts';
import type { OutgoingEvent } from '../transport.js';

export interface WaitingEvent extends OutgoingEvent {
  readonly seq: number;
  readonly topic: string;
}

const ROWS = 500;
/** Of one turn, in memory; a single larger event still goes. */
const BYTES = 8 * 1024 * 1024;

/** One relay per service at a time: two would publish events of one key in any order. False: another one is at it. */
export async function tryRelayLock(manager: EntityManager, service: ServiceName): Promise<boolean> {
  const [row] = await manager.query<{ locked: boolean }[]>(`select pg_try_advisory_xact_lock(hashtext($1)) as locked`, [
    `muster.outbox.${service}`,
  ]);
  return row?.locked === true;
}

/** The oldest events, in order. It looks at all there are: a row of a slow transaction may come after later ones. */
export function oldestEvents(manager: EntityManager): Promise<WaitingEvent[]> {
  return manager.query<WaitingEvent[]>(
    `select seq, topic, key, headers, value
     from (select *, sum(octet_length(value)) over (order by seq) - octet_length(value) as before
           from (select * from "outbox" order by seq limit ${ROWS}) oldest) waiting
     where before < ${BYTES} order by seq`,
  );
}

/** Whether a turn took as much as one may take, so that there may be more of them. */
export function mayBeMore(events: readonly WaitingEvent[]): boolean {
  return events.length === ROWS || events.reduce((size, { value }) => size + value.length, 0) > BYTES / 4;
}

export async function deleteEvents(manager: EntityManager, events: readonly WaitingEvent[]): Promise<void> {
  await manager.query(`delete from "outbox" where seq = any($1::bigint[])`, [events.map(({ seq }) => seq)]);
}

export async function countEvents(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ events: number }[]>(`select count(*) as events from "outbox"`);
  return row?.events ?? 0;
}
