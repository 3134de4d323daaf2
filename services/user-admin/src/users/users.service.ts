import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, recordsOfRep, type Id, type ProblemDetail } from '@muster/contracts';
import { UnitOfWork } from '@muster/persistence';
import { decodeCursor, decodeIdCursor, Questions, toPage, type Caller } from '@muster/platform';
import { AccessLinksRepository } from '../access-links/access-links.repository.js';
import { notifyChannel } from '../access-links/notify-channel.js';
import { SendJobs } from '../access-links/send-jobs.service.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { Accounts, type ChangeOptions, type WrittenAccount } from './accounts.js';
import type { AccountWishes } from './account-state.js';
import { isOrSharesGroup, type ListPlace, type TermCondition } from './list-conditions.js';
import { listOrder, type SortOrder } from './list-order.js';
import { userDto, warningDtos } from './user-answer.js';
import type { UserAccount } from './user-account.entity.js';
import type { CreateUserBody, UserDto } from './user.dto.js';
import type { UserListQuery, UserPage } from './user-list.dto.js';
import { UserList } from './user-list.repository.js';
import { UsersRepository } from './users.repository.js';
import { isSeen, seesAllFields, sightOf } from './who-sees.js';
import { wishesOf } from './wishes-of.js';

/** An account as it is answered, with its version for the entity tag. */
export interface AnsweredUser {
  readonly version: number;
  readonly body: UserDto;
}

@Injectable()
export class UsersService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly users: UsersRepository,
    private readonly lists: UserList,
    private readonly companies: CompaniesRepository,
    private readonly accounts: Accounts,
    private readonly links: AccessLinksRepository,
    private readonly sending: SendJobs,
    private readonly questions: Questions,
  ) {}

  /** With `notify` its access link is sent once it exists. @throws Problem validation_failed, value_taken, licence_exceeded */
  async create(caller: Caller, body: CreateUserBody): Promise<AnsweredUser> {
    const draft = { kind: body.kind, ...wishesOf(body) };
    return this.uow.run(caller, async (manager) => {
      const written = await this.accounts.create(manager, caller.companyId, draft);
      const silence = body.notify ? await this.notify(manager, caller, written.account) : [];
      return this.answer(manager, caller, { ...written, warnings: [...written.warnings, ...silence] });
    });
  }

  /** @returns a warning when nobody can be told */
  private async notify(manager: EntityManager, caller: Caller, account: UserAccount): Promise<ProblemDetail[]> {
    const { channel, reason } = notifyChannel(account);
    if (channel === undefined) return [{ pointer: '/notify', code: 'not_notified', params: { reason } }];
    await this.sending.sendTo(manager, caller, [account.id], channel);
    return [];
  }

  /** @throws Problem as {@link Accounts.change} */
  async change(caller: Caller, id: Id, wishes: AccountWishes, options: ChangeOptions): Promise<AnsweredUser> {
    if (!isId(id)) throw new Problem('user_not_found');
    const change = this.uow.run(caller, async (manager) =>
      this.answer(manager, caller, await this.accounts.change(manager, caller.companyId, id, wishes, options)),
    );
    return change.catch(async (error: unknown) => {
      const unconfirmed = error instanceof Problem && error.code === 'schedule_removal_not_confirmed';
      throw unconfirmed ? await this.wouldRemove(caller, id) : error;
    });
  }

  /** What would go with the own schedule. Asked outside of a transaction: another service answers. */
  private async wouldRemove({ companyId }: Caller, repId: Id): Promise<Problem> {
    const { counts } = await this.questions.ask(recordsOfRep, { companyId, repId });
    const count = counts.reduce((sum, entity) => sum + entity.count, 0);
    const errors = counts.map((params) => ({ code: 'records_of_user', params }));
    return new Problem('schedule_removal_not_confirmed', { params: { count }, errors });
  }

  /** @throws Problem user_not_found, also for whom the caller may not see */
  get(caller: Caller, id: Id): Promise<AnsweredUser> {
    if (!isId(id)) throw new Problem('user_not_found');
    const sight = sightOf(caller);
    return this.uow.run(caller, async (manager) => {
      const account = await this.users.find(manager, id);
      const own = sight.of === 'groups' ? await this.users.find(manager, sight.userId) : null;
      const company = await this.companies.find(manager, caller.companyId);
      if (!account || !company || !isSeen(sight, account, own)) throw new Problem('user_not_found');
      return this.answer(manager, caller, { account, company, warnings: [] });
    });
  }

  /** The accounts that the caller sees. @throws Problem invalid_cursor */
  list(caller: Caller, query: UserListQuery): Promise<UserPage> {
    const { sort = 'createdAt' } = query;
    const order = listOrder(sort);
    const after = placeOf(query.cursor, order.column === undefined ? undefined : sort);
    return this.uow.run(caller, async (manager) => {
      const company = await this.companies.find(manager, caller.companyId);
      if (!company) throw new Problem('company_not_found');
      const request = { filter: query, also: await this.seenBy(manager, caller), order, after, limit: query.limit + 1 };
      const rows = await this.lists.page(manager, caller.companyId, request);
      const { items, nextCursor } = toPage(rows, query.limit, (account) =>
        order.property === undefined ? [account.id] : [sort, account[order.property], account.id],
      );
      const reader = { seesAllFields: seesAllFields(caller) };
      const ids = items.map(({ id }) => id);
      const states = await this.links.statesOf(manager, ids);
      const stateOf = (id: Id) => states.get(id) ?? 'none';
      return { items: items.map((account) => userDto(account, company, reader, stateOf(account.id))), nextCursor };
    });
  }

  private async answer(
    manager: EntityManager,
    caller: Caller,
    { account, company, warnings }: WrittenAccount,
  ): Promise<AnsweredUser> {
    const links = await this.links.statesOf(manager, [account.id]);
    const reader = { seesAllFields: seesAllFields(caller) };
    const body = userDto(account, company, reader, links.get(account.id) ?? 'none');
    if (warnings.length > 0) body.warnings = warningDtos(warnings, caller.language);
    return { version: account.version, body };
  }

  private async seenBy(manager: EntityManager, caller: Caller): Promise<TermCondition[]> {
    const sight = sightOf(caller);
    if (sight.of === 'all') return [];
    const own = sight.of === 'groups' ? await this.users.find(manager, sight.userId) : null;
    return [isOrSharesGroup(sight.userId, own?.groupIds ?? [])];
  }
}

/**
 * Where the page before ended.
 * @param sort what was sorted by, if anything but the order of creation
 * @throws Problem invalid_cursor, also for a cursor of another order
 */
function placeOf(cursor: string | undefined, sort: SortOrder | undefined): ListPlace | undefined {
  if (cursor === undefined) return undefined;
  if (sort === undefined) return { key: undefined, id: decodeIdCursor(cursor) ?? '' };
  const [sorted, key, id] = decodeCursor(cursor, 3);
  if (sorted !== sort || typeof key !== 'string' || !isId(id)) throw new Problem('invalid_cursor');
  return { key, id };
}
