import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { RefreshToken } from './refresh-token.entity.js';

@Injectable()
export class RefreshTokensRepository {
  /** For a unit of work of the worker. */
  async companyOf(manager: EntityManager, id: Id): Promise<Id | undefined> {
    const token = await manager.findOne(RefreshToken, { select: { id: true, companyId: true }, where: { id } });
    return token?.companyId;
  }

  /** The token; nobody else uses a token of its family until the unit of work ends. */
  async findLocked(manager: EntityManager, id: Id): Promise<RefreshToken | null> {
    await manager.query(
      `select pg_advisory_xact_lock(hashtextextended('user-admin refresh token ' || family, 0))
         from refresh_token where id = $1`,
      [id],
    );
    return manager.findOneBy(RefreshToken, { id });
  }

  async insert(manager: EntityManager, token: RefreshToken): Promise<void> {
    await manager.insert(RefreshToken, token);
  }

  async markUsed(manager: EntityManager, id: Id, now: Date): Promise<void> {
    await manager.update(RefreshToken, { id }, { usedAt: now });
  }

  async revokeFamily(manager: EntityManager, family: Id, now: Date): Promise<void> {
    await manager.update(RefreshToken, { family, revokedAt: IsNull() }, { revokedAt: now });
  }

  /** An expired token opens nothing, and its reuse would tell nothing new. */
  async deleteExpired(manager: EntityManager, userId: Id, now: Date): Promise<void> {
    await manager.delete(RefreshToken, { userId, expiresAt: LessThan(now) });
  }
}
