import { crc32 } from 'node:zlib';
import type pg from 'pg';
import type { Topic } from '@muster/contracts';
import type { IncomingEvent, OutgoingEvent } from '../transport.js';

/** What a group reads as one sequence. */
export interface Lane {
  readonly topic: string;
  readonly partition: number;
}

export function partitionOf(key: string, { partitions }: Topic): number {
  return crc32(key) % partitions;
}

/** Of one reading, in memory; a single larger event still comes. */
const ROWS = 200;
const BYTES = 8 * 1024 * 1024;

/**
 * Appends events in one statement. Publishers of a topic queue up for its lock, which is taken before the first offset
 * is drawn, so offsets become visible in order and a reader never passes one by.
 */
export async function appendEvents(db: pg.Pool, topic: Topic, events: readonly OutgoingEvent[]): Promise<void> {
  const parameters: unknown[] = [topic.name];
  const rows = events.map(({ key, headers, value }) => {
    const isText = typeof value === 'string';
    const n = parameters.push(
      partitionOf(key, topic),
      key,
      JSON.stringify(headers),
      isText ? value : null,
      isText ? null : value,
    );
    return `($${n - 4}::int, $${n - 3}::text, $${n - 2}::json, $${n - 1}::text, $${n}::bytea)`;
  });
  await db.query(
    `insert into events.log (topic, partition, key, headers, value, packed)
     select $1, e.partition, e.key, e.headers, e.value, e.packed
     from (select pg_advisory_xact_lock(hashtext('muster.events'), hashtext($1))) locked
     cross join (values ${rows.join(', ')}) e (partition, key, headers, value, packed)`,
    parameters,
  );
}

interface StoredEvent extends Omit<IncomingEvent, 'value'> {
  readonly value: string | null;
  readonly packed: Buffer | null;
}

/** The next events of a lane, in order. */
export async function readEvents(db: pg.Pool, { topic, partition }: Lane, next: number): Promise<IncomingEvent[]> {
  const { rows } = await db.query<StoredEvent>({
    name: 'read',
    text: `select topic, partition, "offset", key, headers, value, packed
           from (select *, sum(size) over (order by "offset") - size as before
                 from (select *, coalesce(octet_length(value), 0) + coalesce(octet_length(packed), 0) as size from events.log where topic = $1 and partition = $2 and "offset" >= $3
                       order by "offset" limit ${ROWS}) oldest) waiting
           where before < ${BYTES} order by "offset"`,
    values: [topic, partition, next],
  });
  return rows.map(({ packed, value, ...event }) => ({ ...event, value: packed ?? value ?? '' }));
}

/** Where the group stands in each lane; a new group stands at the beginning. */
export async function openPositions(
  db: pg.Pool,
  group: string,
  topics: readonly Topic[],
): Promise<(Lane & { next: number })[]> {
  await db.query(
    `insert into events.position ("group", topic, partition)
     select $1, t.name, p from json_to_recordset($2) as t (name text, partitions int), generate_series(0, partitions - 1) p
     on conflict do nothing`,
    [group, JSON.stringify(topics.map(({ name, partitions }) => ({ name, partitions })))],
  );
  // A topic that the group no longer reads must not hold back what may be forgotten.
  await db.query(`delete from events.position where "group" = $1 and topic <> all ($2)`, [
    group,
    topics.map(({ name }) => name),
  ]);
  const { rows } = await db.query<{ topic: string; partition: number; next: string }>(
    `select topic, partition, next from events.position where "group" = $1`,
    [group],
  );
  return rows.map((row) => ({ ...row, next: Number(row.next) }));
}

export async function movePosition(
  db: pg.Pool,
  group: string,
  { topic, partition }: Lane,
  next: number,
): Promise<void> {
  await db.query({
    name: 'move',
    text: `update events.position set next = $4 where "group" = $1 and topic = $2 and partition = $3`,
    values: [group, topic, partition, next],
  });
}

/** The lanes in which something waits for the group. */
export async function waitingLanes(db: pg.Pool, group: string): Promise<Lane[]> {
  const { rows } = await db.query<Lane>({
    name: 'waiting',
    text: `select topic, partition from events.position p where "group" = $1 and exists (
             select 1 from events.log l where l.topic = p.topic and l.partition = p.partition and l."offset" >= p.next)`,
    values: [group],
  });
  return rows;
}

/**
 * Deletes what is older than the topic keeps it and has been read by every group. (A service that was switched off for
 * longer must not miss what was committed before.)
 */
export async function forgetEvents(db: pg.Pool, { name, retentionMs, partitions }: Topic): Promise<void> {
  for (let partition = 0; partition < partitions; partition++) {
    await db.query(
      `delete from events.log where topic = $1 and partition = $2
         and at < now() - $3 * interval '1 millisecond'
         and "offset" < coalesce((select min(next) from events.position where topic = $1 and partition = $2), 9223372036854775807)
         and "offset" < coalesce((select "offset" from events.log where topic = $1 and partition = $2
                                    and at >= now() - $3 * interval '1 millisecond' order by "offset" limit 1), 9223372036854775807)`,
      [name, partition, retentionMs],
    );
  }
}
