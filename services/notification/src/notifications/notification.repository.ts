import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { Notification } from './notification.entity.js';

export type NewNotification = Omit<Notification, 'id' | 'userId' | 'createdAt' | 'readAt'>;

export class NotificationRepository {
  /** Tells people, but those who were told of it before: each bell rings once. */
  async insert(
    manager: EntityManager,
    { companyId, kind, subject, params }: NewNotification,
    people: readonly Pick<Notification, 'id' | 'userId'>[],
  ): Promise<void> {
    await manager.query(
      `insert into notification (id, company_id, user_id, kind, subject, params)
       select p.id, $1, p.user_id, $2, $3, $4 from unnest($5::uuid[], $6::uuid[]) p(id, user_id)
       on conflict (company_id, user_id, kind, subject) do nothing`,
      [
        companyId,
        kind,
        subject,
        JSON.stringify(params),
        people.map(({ id }) => id),
        people.map(({ userId }) => userId),
      ],
    );
  }

  /** The newest first. @param before id of the last notification of the page before */
  list(manager: EntityManager, userId: Id, limit: number, before: Id | undefined): Promise<Notification[]> {
    const query = manager
      .createQueryBuilder(Notification, 'n')
      .where('n.userId = :userId', { userId })
      .orderBy('n.id', 'DESC')
      .limit(limit);
    return (before === undefined ? query : query.andWhere('n.id < :before', { before })).getMany();
  }

  async unreadCount(manager: EntityManager, userId: Id): Promise<number> {
    const [row] = await manager.query<{ count: number }[]>(
      `select count(*) as count from notification where user_id = $1 and read_at is null`,
      [userId],
    );
    return row?.count ?? 0;
  }

  /** @returns false when this person has no such notification */
  async markRead(manager: EntityManager, userId: Id, id: Id): Promise<boolean> {
    const [rows] = await manager.query<[unknown[], number]>(
      `update notification set read_at = coalesce(read_at, now()) where id = $1 and user_id = $2 returning 1`,
      [id, userId],
    );
    return rows.length === 1;
  }

  async markAllRead(manager: EntityManager, userId: Id): Promise<void> {
    await manager.query(`update notification set read_at = now() where user_id = $1 and read_at is null`, [userId]);
  }
}
