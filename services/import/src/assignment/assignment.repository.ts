import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { ImportRep } from '../imports/import-rep.entity.js';
import type { RepStatus } from './rep-verdict.js';
import type { ResolvedRep } from './resolve-assignment.js';

export interface RepsPage {
  readonly after: { readonly firstRow: number; readonly no: number } | undefined;
  readonly status: RepStatus | undefined;
  readonly limit: number;
}

export class AssignmentRepository {
  /** In the order of their first rows. */
  reps(manager: EntityManager, importId: Id): Promise<ImportRep[]> {
    return manager.find(ImportRep, { where: { importId }, order: { firstRow: 'ASC', no: 'ASC' } });
  }

  /** As {@link reps}, without the company itself: so many that come after one of them. */
  page(manager: EntityManager, importId: Id, { after, status, limit }: RepsPage): Promise<ImportRep[]> {
    const query = manager
      .createQueryBuilder(ImportRep, 'rep')
      .where(`rep.importId = :importId and rep.status <> 'company'`, { importId })
      .orderBy('rep.firstRow')
      .addOrderBy('rep.no')
      .limit(limit);
    if (status) query.andWhere('rep.status = :status', { status });
    if (after) query.andWhere('(rep.firstRow, rep.no) > (:firstRow, :no)', after);
    return query.getMany();
  }

  async saveResolution(manager: EntityManager, importId: Id, reps: readonly ResolvedRep[]): Promise<void> {
    await manager.query(
      `update import_rep r set user_id = v."userId", display_name = v."displayName", login_enabled = v."loginEnabled",
              similar_value = v."similarValue", status = v.status
       from jsonb_to_recordset($2::jsonb) v (no integer, value text, "userId" uuid, "displayName" text, "loginEnabled" boolean,
            "similarValue" text, status text)
       where r.import_id = $1 and r.no = v.no and r.value = v.value
         and r.progress in ('waiting', 'skipped')`,
      [importId, JSON.stringify(reps)],
    );
  }

  /** @returns the user ids that no value names whose rows wait */
  async setExcluded(manager: EntityManager, importId: Id, userIds: readonly Id[], excluded: boolean): Promise<Id[]> {
    const [rows] = await manager.query<[{ id: Id }[], number]>(
      `update import_rep set excluded = $3, by_hand = true
       where import_id = $1 and user_id = any($2::uuid[]) and progress = 'waiting' returning user_id as id`,
      [importId, userIds, excluded],
    );
    const known = new Set(rows.map(({ id }) => id));
    return userIds.filter((id) => !known.has(id));
  }
}
