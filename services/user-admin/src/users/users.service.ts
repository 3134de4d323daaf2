import { Injectable } from '@nestjs/common';
import { isId, Problem, type Id } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, toPage, type Caller } from '@muster/platform';
import { given } from '../validation/given.js';
import { Accounts } from './accounts.js';
import { completeNames } from './display-name.js';
import { nameFaults } from './name-faults.js';
import type { UserAccount } from './user-account.entity.js';
import { userDto, type CreateUserBody, type UserListQuery, type UserPage } from './user.dto.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class UsersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly accounts: Accounts,
  ) {}

  /** @throws Problem validation_failed, value_taken, licence_exceeded */
  create(caller: Caller, body: CreateUserBody): Promise<UserAccount> {
    const wanted = given(body);
    const names = completeNames(wanted);
    const errors = nameFaults(names);
    if (errors.length > 0) throw new Problem('validation_failed', { params: { count: errors.length }, errors });
    const draft = { authorizationLevel: 0, hasOwnSchedule: true, ...wanted, ...names } as const;
    return this.uow.run(caller, (manager) => this.accounts.create(manager, caller.companyId, draft));
  }

  /** Administrators and keys see everybody of the company, others themselves. @throws Problem user_not_found */
  get(caller: Caller, id: Id): Promise<UserAccount> {
    const seesAll = caller.role === 'administrator' || caller.role === 'key';
    if (!isId(id) || (!seesAll && id !== caller.userId)) throw new Problem('user_not_found');
    return this.uow.run(caller, async (manager) => {
      const account = await this.users.find(manager, id);
      if (!account) throw new Problem('user_not_found');
      return account;
    });
  }

  async list(caller: Caller, query: UserListQuery): Promise<UserPage> {
    const after = decodeIdCursor(query.cursor);
    const rows = await this.uow.run(caller, (manager) => this.users.list(manager, query, query.limit + 1, after));
    const { items, nextCursor } = toPage(rows, query.limit, ({ id }) => [id]);
    return { items: items.map(userDto), nextCursor };
  }
}
