import type { EntityManager } from 'typeorm';
import type { Id, ImportCounters } from '@muster/contracts';
import { nextPace, startPace, type Pace } from '../progress/pace.js';
import type { CutChunk } from './chunk-cutter.js';
import type { ChunkLayout } from './chunk-layout.js';
import { packAnswers, packRows } from './chunk-payload.js';

/** One attempt of one process to stage an import. Whoever holds a later attempt has taken it over. */
export interface Lease {
  readonly importId: Id;
  readonly companyId: Id;
  readonly attempt: number;
  /** How often it was tried in a row, this time included. */
  readonly tries: number;
  readonly actor: string;
}

/** What a staging that came to its end found out, beside chunks and reps. */
export interface StagingResult {
  readonly layout: ChunkLayout;
  readonly counters: ImportCounters;
  readonly partOffsets: readonly number[] | null;
  /** Of the files. */
  readonly bytes: number;
}

/** Rows of a chunk as they are stored. */
export interface StoredRows {
  readonly seq: number;
  readonly rows: Buffer;
  readonly settled: Buffer | null;
  readonly standing: Buffer | null;
  readonly unreadable: number;
}

/** Which rows a chunk may hold: the first and the last of them, and none beyond. */
export interface ChunkPlace {
  readonly seq: number;
  readonly firstRow: number;
  readonly lastRow: number;
}

type ChunkRows = Pick<CutChunk, 'rows' | 'settled' | 'standing' | 'unreadable'>;

/** Another process has taken the staging over, or somebody aborted it. */
export class LeaseLost extends Error {}

const CHUNK_COLUMNS =
  'company_id, import_id, seq, attempt, rep_no, state, row_count, settled_count, first_row, last_row, rows, settled, standing, unreadable_count';

export class StagingRepository {
  /** Takes the import that waits longest for its staging, or whose stager is gone. Worker role. */
  async claim(manager: EntityManager, seconds: number): Promise<Lease | undefined> {
    const [rows] = await manager.query<[Lease[], number]>(
      `update import_job set attempt = attempt + 1, staging_tries = staging_tries + 1, pace = null,
              lease_until = now() + make_interval(secs => $1)
       where id = (select id from import_job where state = 'staging' and (lease_until is null or lease_until < now())
                   order by id limit 1 for update skip locked)
       returning id as "importId", company_id as "companyId", attempt, staging_tries as tries, created_by as actor`,
      [seconds],
    );
    return rows[0];
  }

  /** Says that the stager lives, and how far it is. @throws LeaseLost */
  async renew(manager: EntityManager, lease: Lease, seconds: number, bytesRead: number): Promise<void> {
    const [held] = await manager.query<{ pace: Pace | null }[]>(
      `select pace from import_job where id = $1 and attempt = $2 and state = 'staging' for update`,
      [lease.importId, lease.attempt],
    );
    if (!held) throw new LeaseLost();
    const now = new Date();
    const pace = held.pace ? nextPace(held.pace, now, bytesRead) : startPace(now, bytesRead);
    await manager.query(
      `update import_job set lease_until = now() + make_interval(secs => $3), bytes_read = $4, pace = $5, version = version + 1
       where id = $1 and attempt = $2 and state = 'staging'`,
      [lease.importId, lease.attempt, seconds, bytesRead, pace],
    );
  }

  /** Nobody takes the lease away until the unit of work ends. Before every write of a staging. @throws LeaseLost */
  async hold(manager: EntityManager, { importId, attempt }: Lease): Promise<void> {
    const held = await manager.query<unknown[]>(
      `select 1 from import_job where id = $1 and attempt = $2 and state = 'staging' for share`,
      [importId, attempt],
    );
    if (held.length === 0) throw new LeaseLost();
  }

  /** What the staging needed was away; that is no fault of the import's. */
  async forgetTry(manager: EntityManager, { importId, attempt }: Lease): Promise<void> {
    await manager.query(`update import_job set staging_tries = 0 where id = $1 and attempt = $2`, [importId, attempt]);
  }

  /** Forgets what attempts left behind that came to no end: what was staged before stands until this one is complete. @throws LeaseLost */
  async clear(manager: EntityManager, lease: Lease): Promise<void> {
    await this.hold(manager, lease);
    await manager.query(
      `delete from import_chunk c where c.import_id = $1 and c.attempt <> $2 and not exists (
         select 1 from import_rep r where r.import_id = $1 and r.no = c.rep_no)`,
      [lease.importId, lease.attempt],
    );
  }

  /** Writes chunks in one statement. */
  async insertChunks(
    manager: EntityManager,
    lease: Lease,
    firstNo: number,
    chunks: readonly CutChunk[],
  ): Promise<void> {
    await this.hold(manager, lease);
    const values: unknown[] = [];
    const tuples: string[] = [];
    const packed = await Promise.all(chunks.map(packChunk));
    chunks.forEach((chunk, i) => {
      const payload = packed[i];
      const seq = firstSeq(lease) + firstNo + i;
      const row = [lease.companyId, lease.importId, seq, lease.attempt, chunk.repNo, 'staged', chunk.rows.length,
        chunk.settled.length, chunk.firstRow, chunk.lastRow, payload?.rows, payload?.settled, payload?.standing, chunk.unreadable]; // prettier-ignore
      tuples.push(`(${row.map((_, k) => `$${values.length + k + 1}`).join(', ')})`);
      values.push(...row);
    });
    await manager.query(`insert into import_chunk (${CHUNK_COLUMNS}) values ${tuples.join(', ')}`, values);
  }

  /** Where the rows of a staging stand, some chunks at a time. */
  places(manager: EntityManager, lease: Lease, after: number): Promise<ChunkPlace[]> {
    return manager.query(
      `select seq, first_row as "firstRow", last_row as "lastRow" from import_chunk
       where import_id = $1 and attempt = $2 and seq > $3 order by seq limit 5000`,
      [lease.importId, lease.attempt, after],
    );
  }

  chunks(manager: EntityManager, { importId }: Lease, seqs: readonly number[]): Promise<StoredRows[]> {
    return manager.query(
      `select seq, rows, settled, standing, unreadable_count as unreadable from import_chunk
       where import_id = $1 and seq = any($2::integer[])`,
      [importId, seqs],
    );
  }

  /** Writes other rows into chunks, in one statement. */
  async replaceChunks(
    manager: EntityManager,
    { importId }: Lease,
    chunks: readonly (ChunkRows & Pick<ChunkPlace, 'seq'>)[],
  ): Promise<void> {
    const packed = await Promise.all(chunks.map(packChunk));
    await manager.query(
      `update import_chunk c set rows = v.rows, settled = v.settled, standing = v.standing, row_count = v.row_count,
              settled_count = v.settled_count, unreadable_count = v.unreadable
       from unnest($2::integer[], $3::bytea[], $4::bytea[], $5::bytea[], $6::integer[], $7::integer[], $8::integer[])
            v (seq, rows, settled, standing, row_count, settled_count, unreadable)
       where c.import_id = $1 and c.seq = v.seq`,
      [
        importId,
        chunks.map(({ seq }) => seq),
        packed.map(({ rows }) => rows),
        packed.map(({ settled }) => settled),
        packed.map(({ standing }) => standing),
        chunks.map(({ rows }) => rows.length),
        chunks.map(({ settled }) => settled.length),
        chunks.map(({ unreadable }) => unreadable),
      ],
    );
  }

  /** The chunks are complete; what happens next is the caller's. @throws LeaseLost */
  async complete(
    manager: EntityManager,
    lease: Lease,
    { layout, counters, partOffsets, bytes }: StagingResult,
  ): Promise<void> {
    const [, updated] = await manager.query<[unknown, number]>(
      `update import_job set staged = true, layout = $3, counters = $4, plan = null, pace = null, bytes_read = $5, part_offsets = $6, lease_until = null,
              staging_tries = 0, state = 'staged', version = version + 1
       where id = $1 and attempt = $2 and state = 'staging'`,
      [lease.importId, lease.attempt, layout, counters, bytes, partOffsets && JSON.stringify(partOffsets)],
    );
    if (updated === 0) throw new LeaseLost();
  }
}

/** Numbers of the chunks of one attempt: more than a file, or a series of them, is cut into. */
const SEQS = 2 ** 20;
/** So many times those fit into four bytes. */
const ROUND = 2 ** 31 / SEQS;

/**
 * The first number of an attempt's chunks: no other attempt of late has the same, so an owner never mixes them up. What a
 * staging needs may be away for days, while it is tried again every half minute.
 */
export function firstSeq({ attempt }: Pick<Lease, 'attempt'>): number {
  return (attempt % ROUND) * SEQS;
}

async function packChunk({ rows, settled, standing }: ChunkRows): Promise<Omit<StoredRows, 'seq' | 'unreadable'>> {
  const [packedRows, packedSettled, packedStanding] = await Promise.all([
    packRows(rows),
    settled.length > 0 ? packAnswers(settled) : null,
    standing.length > 0 ? packRows(standing) : null,
  ]);
  return { rows: packedRows, settled: packedSettled, standing: packedStanding };
}
