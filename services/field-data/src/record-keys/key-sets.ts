import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { columnsOf, type RecordTable } from '../records/record-table.js';
import { inKeyOrder, keyPath } from './key-path.js';
import { KeySetRepository } from './key-set.repository.js';
import { KeySetWorker } from './key-set-worker.js';

/** Of one entity. Each costs with every record that is written; by further ones records are found as before there was one. */
const MOST_SETS = 4;
const DAY_MS = 86_400_000;

/** Knows by which fields a company's imports look for records, and keeps what they are found by. */
@Injectable()
export class KeySets {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly repository: KeySetRepository,
    private readonly worker: KeySetWorker,
  ) {}

  /**
   * What records are found by whose key is in these fields; undefined while there is no such thing. It is made for the next
   * time then.
   * @param keys which need one, see `needsKeySet`
   */
  async find(
    manager: EntityManager,
    companyId: Id,
    table: RecordTable,
    keys: readonly string[],
  ): Promise<Id | undefined> {
    const paths = inKeyOrder(columnsOf(table, keys)).map(keyPath);
    const entity = table.schema.name;
    const sets = await this.repository.ofEntity(manager, entity);
    const set = sets.find((one) => one.paths.join(' ') === paths.join(' '));
    const now = new Date();
    if (set === undefined) {
      if (sets.length >= MOST_SETS) return undefined;
      await this.repository.add(manager, { id: newId(), companyId, entity, paths });
      this.uow.afterCommit(() => this.worker.wake());
      return undefined;
    }
    if (set.state !== 'ready') return undefined;
    const isFresh = now.getTime() - set.usedAt.getTime() < DAY_MS;
    return isFresh || (await this.repository.keep(manager, set.id, now)) ? set.id : undefined;
  }
}
