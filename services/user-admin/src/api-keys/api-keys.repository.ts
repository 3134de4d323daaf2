import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { ApiKey } from './api-key.entity.js';

/** What is looked up of a key to let it in. */
export type ApiKeyCredential = Pick<
  ApiKey,
  | 'id'
  | 'companyId'
  | 'scopes'
  | 'version'
  | 'secretHash'
  | 'previousHash'
  | 'previousUntil'
  | 'expiresAt'
  | 'revokedAt'
>;

@Injectable()
export class ApiKeysRepository {
  async insert(manager: EntityManager, key: ApiKey): Promise<void> {
    // Without RETURNING: the worker may not read all of what it writes.
    await manager.createQueryBuilder().insert().into(ApiKey).values(key).updateEntity(false).execute();
  }

  /** Those that were not revoked, in the order in which they were made, after `afterId`. */
  list(manager: EntityManager, limit: number, afterId?: Id): Promise<ApiKey[]> {
    const where = { revokedAt: IsNull(), ...(afterId !== undefined && { id: MoreThan(afterId) }) };
    return manager.find(ApiKey, { where, order: { id: 'ASC' }, take: limit });
  }

  /** One that was not revoked, with its hash; nobody else changes it until the unit of work ends. */
  findLocked(manager: EntityManager, id: Id): Promise<ApiKey | null> {
    const query = manager.createQueryBuilder(ApiKey, 'k').addSelect('k.secretHash').setLock('pessimistic_write');
    return query.where('k.id = :id and k.revokedAt is null', { id }).getOne();
  }

  async change(manager: EntityManager, id: Id, change: Partial<ApiKey>): Promise<void> {
    await manager.update(ApiKey, { id }, change);
  }

  /** Tokens that were given for it end too, by a trigger. @returns whether there was such a key */
  async revoke(manager: EntityManager, id: Id, now: Date): Promise<boolean> {
    const { affected } = await manager.update(ApiKey, { id, revokedAt: IsNull() }, { revokedAt: now });
    return affected === 1;
  }

  /** For a unit of work of the worker: over all companies, and only what it takes to let a key in. */
  credential(manager: EntityManager, id: Id): Promise<ApiKeyCredential | null> {
    return manager.findOne(ApiKey, {
      select: {
        id: true,
        companyId: true,
        scopes: true,
        version: true,
        secretHash: true,
        previousHash: true,
        previousUntil: true,
        expiresAt: true,
        revokedAt: true,
      },
      where: { id },
    });
  }

  /** For a unit of work of the worker. */
  async nameOf(manager: EntityManager, id: Id): Promise<string | undefined> {
    return (await manager.findOne(ApiKey, { select: { id: true, name: true }, where: { id } }))?.name;
  }

  /** For a unit of work of the worker. Notes the use, at most once a minute. */
  async touch(manager: EntityManager, id: Id): Promise<void> {
    await manager.query(
      `update api_key set last_used_at = now()
        where id = $1 and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
      [id],
    );
  }
}
