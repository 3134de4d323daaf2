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

/**
 * Takes the oldest events out, in order. It looks at all there are: a row of a slow transaction may come after later ones.
 * One relay per service at a time, since two would publish events of one key in any order; another one gets none.
 *
 * Rows are deleted by their places, which nobody changes: of a table that was empty when statistics were last taken a join
 * compared each of twenty thousand events with each of the five hundred.
 */
export async function takeOldestEvents(manager: EntityManager, service: ServiceName): Promise<WaitingEvent[]> {
  const [events] = await manager.query<[WaitingEvent[], number]>(
    `with relay as materialized (select pg_try_advisory_xact_lock(hashtext($1)) as alone),
          oldest as (select seq, ctid as place, octet_length(value) as size from "outbox" order by seq limit ${ROWS}),
          waiting as (select place, sum(size) over (order by seq) - size as before from oldest)
     delete from "outbox" o
     where o.ctid = any (array(select place from relay, waiting where relay.alone and waiting.before < ${BYTES}))
     returning o.seq, o.topic, o.key, o.headers, o.value`,
    [`muster.outbox.${service}`],
  );
  return events.sort((a, b) => a.seq - b.seq);
}

/** Whether a turn took as much as one may take, so that there may be more of them. */
export function mayBeMore(events: readonly WaitingEvent[]): boolean {
  return events.length === ROWS || events.reduce((size, { value }) => size + value.length, 0) > BYTES / 4;
}

export async function countEvents(manager: EntityManager): Promise<number> {
  const [row] = await manager.query<{ events: number }[]>(`select count(*) as events from "outbox"`);
  return row?.events ?? 0;
}
