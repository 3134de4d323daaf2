import { In, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { ImportJob } from '../imports/import-job.entity.js';
import type { HistoryEntry } from './history-entry.js';
import { historyConditions, type HistoryFilter } from './history-filter.js';

/** Finds imports by what is known of them, newest first. */
export class HistoryRepository {
  /** Imports below `before`. */
  async page(manager: EntityManager, filter: HistoryFilter, limit: number, before?: Id): Promise<ImportJob[]> {
    const ids = await this.ids(manager, filter, limit, before);
    return inOrder(ids, await manager.findBy(ImportJob, { id: In(ids) }));
  }

  /** As {@link page}, with what is told of them when they are many. */
  async entries(manager: EntityManager, filter: HistoryFilter, limit: number, before: Id): Promise<HistoryEntry[]> {
    const ids = await this.ids(manager, filter, limit, before);
    const entries = await manager.query<HistoryEntry[]>(
      `select j.id, j.entity, j.configuration ->> 'mode' as mode, j.state, u.file_name as "fileName", u.byte_size as "byteSize", u.sha256,
              u.row_count as "fileRows", u.file_removed_at as "fileRemovedAt", s.series_id as "seriesId", p.parts, j.counters, j.guard,
              j.approved_by as "approvedBy", j.absentees, j.problem, j.warnings, j.created_by as "createdBy", j.origin, j.unattended,
              j.configuration_id as "configurationId", v.name as "configurationName", j.configuration_version as "configurationVersion",
              j.restore_point_id as "restorePointId", j.created_at as "createdAt", j.started_at as "startedAt", j.finished_at as "finishedAt"
       from import_job j
       join upload u on u.id = j.upload_id
       left join upload_series s on s.upload_id = j.upload_id
       left join lateral (select count(*)::integer as parts from upload_part where upload_id = s.upload_id) p on s.upload_id is not null
       left join import_configuration_version v on v.configuration_id = j.configuration_id and v.version = j.configuration_version
       where j.id = any($1::uuid[])`,
      [ids],
    );
    return inOrder(ids, entries);
  }

  /** Whether more than `limit` imports below `before` match. */
  async exceeds(manager: EntityManager, filter: HistoryFilter, limit: number, before: Id): Promise<boolean> {
    const { text, parameters } = historyConditions(filter, before);
    const [row] = await manager.query<{ many: boolean }[]>(
      `select exists (select 1 from import_job where ${text} offset ${limit}) as many`,
      [...parameters],
    );
    return row?.many === true;
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

function inOrder<T extends { readonly id: Id }>(ids: readonly Id[], found: readonly T[]): T[] {
  const byId = new Map(found.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
