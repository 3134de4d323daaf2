import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { KeySet, type KeySetState } from './key-set.entity.js';

const RECORDS_A_STEP = 2_000;
const KEYS_A_STEP = 10_000;

@Injectable()
export class KeySetRepository {
  /** Those of the company of the unit of work. */
  ofEntity(manager: EntityManager, entity: string): Promise<KeySet[]> {
    return manager.find(KeySet, { where: { entity } });
  }

  /** Nothing when another unit of work adds the same. */
  async add(manager: EntityManager, keySet: Pick<KeySet, 'id' | 'companyId' | 'entity' | 'paths'>): Promise<void> {
    await manager.createQueryBuilder().insert().into(KeySet).values(keySet).orIgnore().updateEntity(false).execute();
  }

  /** Keeps it from being taken away; false when that has begun. */
  async keep(manager: EntityManager, id: Id, now: Date): Promise<boolean> {
    const { affected } = await manager.update(KeySet, { id, state: 'ready' }, { usedAt: now });
    return affected === 1;
  }

  /** Of all companies, for a unit of work of the worker: those with something to do. */
  due(manager: EntityManager, unusedBefore: Date, limit: number): Promise<{ id: Id; companyId: Id }[]> {
    return manager.query(
      `select id, company_id as "companyId" from key_set where state <> 'ready' or used_at < $1 order by id limit $2`,
      [unusedBefore, limit],
    );
  }

  /** Nobody else takes a step of it meanwhile; null when somebody does, or it is gone. */
  lock(manager: EntityManager, id: Id): Promise<KeySet | null> {
    const query = manager.createQueryBuilder(KeySet, 'k').where('k.id = :id', { id });
    return query.setLock('pessimistic_write').setOnLocked('skip_locked').getOne();
  }

  /** The oldest transaction of the server that is still running. */
  async oldestRunning(manager: EntityManager): Promise<number> {
    const [row] = await manager.query<{ oldest: number }[]>(
      `select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest`,
    );
    return row?.oldest ?? 0;
  }

  /** What has begun until now need not know it. */
  async change(manager: EntityManager, id: Id, state: KeySetState): Promise<void> {
    await manager.query(
      `update key_set set state = $2, since = pg_snapshot_xmax(pg_current_snapshot())::text::bigint where id = $1`,
      [id, state],
    );
  }

  /** Takes the keys of the next records in; false when there are none. */
  async fill(manager: EntityManager, id: Id): Promise<boolean> {
    const [row] = await manager.query<{ last: Id | null }[]>(`select fill_key_set($1, $2) as last`, [
      id,
      RECORDS_A_STEP,
    ]);
    const last = row?.last ?? null;
    if (last !== null) await manager.update(KeySet, { id }, { atRecord: last });
    return last !== null;
  }

  /** Takes some keys away; false when none was left, and the set is gone as well. */
  async takeAway(manager: EntityManager, id: Id): Promise<boolean> {
    const [, deleted] = await manager.query<[unknown, number]>(
      `delete from record_key where ctid = any(array(select ctid from record_key where key_set_id = $1 limit $2))`,
      [id, KEYS_A_STEP],
    );
    if (deleted === 0) await manager.delete(KeySet, { id });
    return deleted > 0;
  }
}
