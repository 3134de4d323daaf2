import { Injectable } from '@nestjs/common';
import type { JWK } from 'jose';
import type { EntityManager } from 'typeorm';
import { SigningKey } from './signing-key.entity.js';

/** For units of work of the worker. */
@Injectable()
export class SigningKeysRepository {
  /** Until the unit of work ends nobody else makes a key. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended('user-admin signing key', 0))`);
  }

  newest(manager: EntityManager): Promise<SigningKey | null> {
    return manager.findOne(SigningKey, { where: {}, order: { createdAt: 'DESC' } });
  }

  async insert(manager: EntityManager, key: SigningKey): Promise<void> {
    await manager.insert(SigningKey, key);
  }

  async publicKeys(manager: EntityManager): Promise<JWK[]> {
    const keys = await manager.find(SigningKey, {
      select: { kid: true, publicJwk: true },
      order: { createdAt: 'DESC' },
    });
    return keys.map(({ publicJwk }) => publicJwk);
  }
}
