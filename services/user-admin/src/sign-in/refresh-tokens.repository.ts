import { Injectable } from '@nestjs/common';
import { LessThan, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { RefreshToken } from './refresh-token.entity.js';

@Injectable()
export class RefreshTokensRepository {
  /** For a unit of work of the worker. */
  async companyOf(manager: EntityManager, id: Id): Promise<Id | undefined> {
    const token = await manager.findOne(RefreshToken, { select: { id: true, companyId: true }, where: { id } });
    return token?.companyId;
  }

  /** The token; nobody else uses a token of its session until the unit of work ends. */
  async findLocked(manager: EntityManager, id: Id): Promise<RefreshToken | null> {
    await manager.query(
      `select pg_advisory_xact_lock(hashtextextended('user-admin refresh token ' || session_id, 0))
         from refresh_token where id = $1`,
      [id],
    );
    return this.find(manager, id);
  }

  find(manager: EntityManager, id: Id): Promise<RefreshToken | null> {
    return manager.findOneBy(RefreshToken, { id });
  }

  async insert(manager: EntityManager, token: RefreshToken): Promise<void> {
    await manager.insert(RefreshToken, token);
  }

  async change(manager: EntityManager, id: Id, change: Partial<RefreshToken>): Promise<void> {
    await manager.update(RefreshToken, { id }, change);
  }

  /** For a unit of work of the worker. An expired token opens nothing, and its reuse would tell nothing new. */
  async deleteExpired(manager: EntityManager, now: Date): Promise<void> {
    await manager.delete(RefreshToken, { expiresAt: LessThan(now) });
  }
}
