import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { IdentityProvider } from './identity-provider.entity.js';

@Injectable()
export class IdentityProvidersRepository {
  find(manager: EntityManager, companyId: Id): Promise<IdentityProvider | null> {
    return manager.findOneBy(IdentityProvider, { companyId });
  }

  /** As {@link find}, and nobody else changes it until the unit of work ends. */
  findLocked(manager: EntityManager, companyId: Id): Promise<IdentityProvider | null> {
    return manager.findOne(IdentityProvider, { where: { companyId }, lock: { mode: 'pessimistic_write' } });
  }

  async save(manager: EntityManager, provider: IdentityProvider): Promise<void> {
    await manager.upsert(IdentityProvider, provider, ['companyId']);
  }

  async delete(manager: EntityManager, companyId: Id): Promise<void> {
    await manager.delete(IdentityProvider, { companyId });
  }

  /** Notes that an assertion was used. @returns whether it was the first time */
  async useAssertion(manager: EntityManager, companyId: Id, assertion: string, expiresAt: Date): Promise<boolean> {
    const inserted = await manager.query<unknown[]>(
      `insert into used_assertion (company_id, hash, expires_at) values ($1, $2, $3) on conflict do nothing returning 1`,
      [companyId, createHash('sha256').update(assertion).digest('base64url'), expiresAt],
    );
    return inserted.length === 1;
  }

  /** For a unit of work of the worker. */
  async deleteUsedAssertions(manager: EntityManager, now: Date): Promise<void> {
    await manager.query('delete from used_assertion where expires_at < $1', [now]);
  }
}
