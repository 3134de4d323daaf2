import { In, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { ImportJob } from '../imports/import-job.entity.js';
import { historyConditions, type HistoryFilter } from './history-filter.js';

/** Finds imports by what is known of them, newest first. */
export class HistoryRepository {
  /** Imports below `before`. */
  async page(manager: EntityManager, filter: HistoryFilter, limit: number, before?: Id): Promise<ImportJob[]> {
    const ids = await this.ids(manager, filter, limit, before);
    const jobs = await manager.findBy(ImportJob, { id: In(ids) });
    const byId = new Map(jobs.map((job) => [job.id, job]));
    return ids.flatMap((id) => byId.get(id) ?? []);
  }

  /** As {@link page}, found by an index. */
  async ids(manager: EntityManager, filter: HistoryFilter, limit: number, before?: Id): Promise<Id[]> {
    const { text, parameters } = historyConditions(filter, before);
    const found = await manager.query<{ id: Id }[]>(
      `select id from import_job where ${text} order by id desc limit ${limit}`,
      [...parameters],
    );
    return found.map(({ id }) => id);
  }
}
