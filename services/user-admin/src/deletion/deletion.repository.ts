import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { UserAccount } from '../users/user-account.entity.js';

@Injectable()
export class DeletionRepository {
  async remove(manager: EntityManager, id: Id): Promise<void> {
    await manager.delete(UserAccount, { id });
  }

  /**
   * Empties the change log of an account that is gone, and every table that says whose its rows are by `user_id`.
   * @throws Error 55006 while the account is still there
   */
  async forget(manager: EntityManager, id: Id): Promise<void> {
    await manager.query('select forget_account($1)', [id]);
  }
}
