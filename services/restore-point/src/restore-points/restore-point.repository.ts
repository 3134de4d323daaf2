import type { EntityManager } from 'typeorm';
import { RESTORE_POINT_OWNERS, type Id, type RestorePointOwner } from '@muster/contracts';
import { RestorePoint } from './restore-point.entity.js';

export type NewRestorePoint = Pick<
  RestorePoint,
  'id' | 'companyId' | 'occasion' | 'importId' | 'userId' | 'name' | 'createdBy' | 'cause'
>;

/** A point whose owners have not all answered. */
export type OverduePoint = Pick<RestorePoint, 'id' | 'companyId' | 'createdBy' | 'cause'>;

export class RestorePointRepository {
  /** Adds a point, unless there is one of this id. */
  async insert(manager: EntityManager, point: NewRestorePoint): Promise<void> {
    const { id, companyId, occasion, importId, userId, name, createdBy, cause } = point;
    await manager.query(
      `insert into restore_point (id, company_id, occasion, import_id, user_id, name, state, created_by, cause)
       values ($1, $2, $3, $4, $5, $6, 'marking', $7, $8) on conflict do nothing`,
      [id, companyId, occasion, importId, userId, name, createdBy, cause],
    );
  }

  /** The point, locked until the end of the unit of work; null for one of another company too. */
  lock(manager: EntityManager, id: Id): Promise<RestorePoint | null> {
    return manager.findOne(RestorePoint, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Notes an owner's mark on a locked point. @returns whether it was the last that lacked */
  async addMark(manager: EntityManager, point: RestorePoint, owner: RestorePointOwner): Promise<boolean> {
    const marks = RESTORE_POINT_OWNERS.filter((one) => one === owner || point.marks.includes(one));
    const complete = marks.length === RESTORE_POINT_OWNERS.length;
    await manager.query(
      `update restore_point set marks = $2, state = case when $3 then 'ready' else state end,
              ready_at = case when $3 then clock_timestamp() end
       where id = $1 and state = 'marking'`,
      [point.id, marks, complete],
    );
    return complete;
  }

  /** The import of a locked point writes again. */
  async open(manager: EntityManager, { id }: RestorePoint): Promise<void> {
    await manager.query(`update restore_point set closed_at = null where id = $1 and closed_at is not null`, [id]);
  }

  /** An import writes no more: its points close. */
  async closeOfImport(manager: EntityManager, importId: Id): Promise<void> {
    await manager.query(
      `update restore_point set closed_at = clock_timestamp() where import_id = $1 and closed_at is null`,
      [importId],
    );
  }

  /** Takes the name of a person out. */
  async forgetNameOf(manager: EntityManager, userId: Id): Promise<void> {
    await manager.query(`update restore_point set name = '' where user_id = $1`, [userId]);
  }

  /** Takes the points over all companies whose owners were asked longer ago than `seconds`, and notes that they are asked again. */
  async takeOverdue(manager: EntityManager, seconds: number): Promise<OverduePoint[]> {
    const [points] = await manager.query<[OverduePoint[], number]>(
      `update restore_point p set asked_at = clock_timestamp()
       from (select id from restore_point
             where state = 'marking' and asked_at < clock_timestamp() - make_interval(secs => $1)
             order by asked_at limit 100 for update skip locked) overdue
       where p.id = overdue.id
       returning p.id, p.company_id as "companyId", p.created_by as "createdBy", p.cause`,
      [seconds],
    );
    return points;
  }

  /** The newest first. @param before id of the last point of the page before */
  list(manager: EntityManager, limit: number, before: Id | undefined): Promise<RestorePoint[]> {
    const query = manager.createQueryBuilder(RestorePoint, 'p').orderBy('p.id', 'DESC').limit(limit);
    return (before === undefined ? query : query.where('p.id < :before', { before })).getMany();
  }

  /** null for a point of another company too. */
  find(manager: EntityManager, id: Id): Promise<RestorePoint | null> {
    return manager.findOneBy(RestorePoint, { id });
  }
}
