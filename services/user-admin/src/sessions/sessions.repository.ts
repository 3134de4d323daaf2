import { Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan, Not, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import type { Client } from './client.js';
import { Session } from './session.entity.js';

/** Whatever ends a session here also ends its access tokens, by a trigger. */
@Injectable()
export class SessionsRepository {
  async insert(manager: EntityManager, session: Session): Promise<void> {
    await manager.insert(Session, session);
  }

  find(manager: EntityManager, id: Id): Promise<Session | null> {
    return manager.findOneBy(Session, { id });
  }

  /** Those of a person that are open, in the order in which they began, after `afterId`. */
  list(manager: EntityManager, userId: Id, now: Date, limit: number, afterId?: Id): Promise<Session[]> {
    const open = { userId, endedAt: IsNull(), expiresAt: MoreThan(now) };
    const where = { ...open, ...(afterId !== undefined && { id: MoreThan(afterId) }) };
    return manager.find(Session, { where, order: { id: 'ASC' }, take: limit });
  }

  async touch(manager: EntityManager, id: Id, { userAgent, address }: Client, now: Date): Promise<void> {
    await manager.update(Session, { id }, { lastUsedAt: now, userAgent, address });
  }

  /** @returns whether it was open */
  async end(manager: EntityManager, id: Id, now: Date, userId?: Id): Promise<boolean> {
    const whose = userId === undefined ? { id } : { id, userId };
    const { affected } = await manager.update(Session, { ...whose, endedAt: IsNull() }, { endedAt: now });
    return affected === 1;
  }

  /** Ends all of a person, or all but one. */
  async endAll(manager: EntityManager, userId: Id, now: Date, except?: Id): Promise<void> {
    const others = except === undefined ? {} : { id: Not(except) };
    await manager.update(Session, { userId, endedAt: IsNull(), ...others }, { endedAt: now });
  }

  /** Ends those of everybody of the company whom its own issuer let in. */
  async endOfIssuer(manager: EntityManager, now: Date): Promise<void> {
    await manager.update(Session, { method: 'identityProvider', endedAt: IsNull() }, { endedAt: now });
  }

  /** Ends the access tokens of a person, but for those of one session; the next ones say what holds then. */
  async renewAccess(manager: EntityManager, userId: Id, except?: Id): Promise<void> {
    await manager.query(`select renew_access(array[$1::uuid], $2)`, [userId, except ?? null]);
  }

  /** For a unit of work of the worker. */
  async deleteExpired(manager: EntityManager, now: Date): Promise<void> {
    await manager.delete(Session, { expiresAt: LessThan(now) });
  }
}
