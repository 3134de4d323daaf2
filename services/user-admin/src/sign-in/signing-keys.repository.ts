import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { SigningKey } from './signing-key.entity.js';

/** For units of work of the worker. */
@Injectable()
export class SigningKeysRepository {
  /** Until the unit of work ends nobody else makes a key. */
  async lock(manager: EntityManager): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended('user-admin signing key', 0))`);
  }

  /** From the newest on. */
  all(manager: EntityManager): Promise<SigningKey[]> {
    return manager.find(SigningKey, { order: { createdAt: 'DESC', kid: 'ASC' } });
  }

  async insert(manager: EntityManager, key: SigningKey): Promise<void> {
    await manager.insert(SigningKey, key);
  }
}
