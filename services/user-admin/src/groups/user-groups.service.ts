import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, userUpdated, type Id } from '@muster/contracts';
import { Outbox } from '@muster/messaging';
import { newId, UnitOfWork, violatedConstraint } from '@muster/persistence';
import { checkVersion, decodeCursor, toPage, type Caller } from '@muster/platform';
import { UsersRepository } from '../users/users.repository.js';
import { groupName, MOST_GROUPS } from './group-name.js';
import type { UserGroupDto, UserGroupPage, UserGroupQuery } from './user-group.dto.js';
import { UserGroup } from './user-group.entity.js';
import { UserGroupsRepository, type GroupPlace } from './user-groups.repository.js';

/** So many accounts leave a deleted group in one transaction: others who change accounts wait no longer. */
const AT_ONCE = 1_000;

/** A group as it is answered, with its version for the entity tag. */
export interface AnsweredGroup {
  readonly version: number;
  readonly body: UserGroupDto;
}

@Injectable()
export class UserGroupsService {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly groups: UserGroupsRepository,
    private readonly users: UsersRepository,
    private readonly outbox: Outbox,
  ) {}

  /** @throws Problem validation_failed, group_name_taken, too_many_groups */
  create(caller: Caller, wished: string): Promise<AnsweredGroup> {
    const { companyId } = caller;
    const name = checkedName(wished);
    return this.uow.run(caller, async (manager) => {
      await this.users.lockAccounts(manager, companyId);
      if ((await this.groups.count(manager, companyId)) >= MOST_GROUPS) {
        throw new Problem('too_many_groups', { params: { limit: MOST_GROUPS } });
      }
      const now = new Date();
      const group = Object.assign(new UserGroup(), {
        id: newId(),
        companyId,
        name,
        version: 1,
        createdAt: now,
        updatedAt: now,
      });
      await this.groups.insert(manager, [group]).catch((error: unknown) => {
        throw nameTaken(error, name);
      });
      return answer(group, 0);
    });
  }

  /** @throws Problem group_not_found */
  get(caller: Caller, id: Id): Promise<AnsweredGroup> {
    return this.uow.run(caller, async (manager) => this.answered(manager, await this.require(manager, id)));
  }

  /** By name. @throws Problem invalid_cursor */
  list(caller: Caller, { q, cursor, limit }: UserGroupQuery): Promise<UserGroupPage> {
    const after = placeOf(cursor);
    const { companyId } = caller;
    return this.uow.run(caller, async (manager) => {
      const rows = await this.groups.page(manager, companyId, { q: q?.trim(), after, limit: limit + 1 });
      const { items, nextCursor } = toPage(rows, limit, ({ nameOrder, id }) => [nameOrder, id]);
      const ids = items.map(({ id }) => id);
      const counts = await this.groups.memberCounts(manager, companyId, ids);
      return { items: items.map((group) => answer(group, counts.get(group.id) ?? 0).body), nextCursor };
    });
  }

  /**
   * When the name stays as it is, nothing is written. Accounts know groups by their ids, and stay as they are.
   * @throws Problem group_not_found, version_conflict, validation_failed, group_name_taken
   */
  rename(caller: Caller, id: Id, wished: string, expected: number | undefined): Promise<AnsweredGroup> {
    const name = checkedName(wished);
    return this.uow.run(caller, async (manager) => {
      await this.users.lockAccounts(manager, caller.companyId);
      const group = await this.require(manager, id);
      checkVersion(expected, group.version);
      if (name === group.name) return this.answered(manager, group);
      const change = { name, version: group.version + 1, updatedAt: new Date() };
      await this.groups.rename(manager, id, change).catch((error: unknown) => {
        throw nameTaken(error, name);
      });
      return this.answered(manager, Object.assign(group, change));
    });
  }

  /**
   * Takes a group out of all accounts, a thousand at a time, and deletes it together with the last step; between two steps others
   * change accounts too. Whoever dies in the middle leaves a group with fewer members, which is deleted by asking again.
   * Publishes `user.updated.v1` for each account that belonged to it; released when its step commits.
   * @throws Problem group_not_found, version_conflict
   */
  async remove(caller: Caller, id: Id, expected: number | undefined): Promise<void> {
    for (let step = 1; ; step++) {
      const done = await this.uow.run(caller, async (manager) => {
        await this.users.lockAccounts(manager, caller.companyId);
        const group = isId(id) ? await this.groups.find(manager, id) : null;
        // Somebody else deleted it between two steps.
        if (!group && step > 1) return true;
        if (!group) throw new Problem('group_not_found');
        checkVersion(expected, group.version);
        return this.takeOut(manager, group);
      });
      if (done) return;
    }
  }

  /** @returns whether nobody belonged to it any more, and it is gone */
  private async takeOut(manager: EntityManager, { id, companyId }: UserGroup): Promise<boolean> {
    const former = await this.groups.removeMembers(manager, companyId, id, AT_ONCE, new Date());
    await this.outbox.publishAll(
      userUpdated,
      former.map((account) => ({ ...account, changed: ['userGroups'] })),
    );
    if (former.length === AT_ONCE) return false;
    await this.groups.remove(manager, id);
    return true;
  }

  private async require(manager: EntityManager, id: Id): Promise<UserGroup> {
    const group = isId(id) ? await this.groups.find(manager, id) : null;
    if (!group) throw new Problem('group_not_found');
    return group;
  }

  private async answered(manager: EntityManager, group: UserGroup): Promise<AnsweredGroup> {
    const counts = await this.groups.memberCounts(manager, group.companyId, [group.id]);
    return answer(group, counts.get(group.id) ?? 0);
  }
}

function answer({ id, name, version, createdAt, updatedAt }: UserGroup, members: number): AnsweredGroup {
  return { version, body: { id, name, members, createdAt, updatedAt } };
}

/** @throws Problem validation_failed */
function checkedName(wished: string): string {
  const { name, fault } = groupName(wished);
  if (fault) throw new Problem('validation_failed', { params: { count: 1 }, errors: [{ pointer: '/name', ...fault }] });
  return name;
}

function nameTaken(error: unknown, name: string): unknown {
  if (violatedConstraint(error) !== 'UQ_user_group_name') return error;
  return new Problem('group_name_taken', { params: { name }, cause: error });
}

function placeOf(cursor: string | undefined): GroupPlace | undefined {
  if (cursor === undefined) return undefined;
  const [nameOrder, id] = decodeCursor(cursor, 2);
  if (typeof nameOrder !== 'string' || !isId(id)) throw new Problem('invalid_cursor');
  return { nameOrder, id };
}
