import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { groupName, MOST_GROUPS } from '../groups/group-name.js';
import { UserGroup } from '../groups/user-group.entity.js';
import { UserGroupsRepository } from '../groups/user-groups.repository.js';

/** Groups that rows need and the company has not. */
export interface NewGroups {
  readonly groups: readonly UserGroup[];
  /** By the names as they were asked for; those that the company has no room for are left out. */
  readonly idOf: ReadonlyMap<string, Id>;
}

/** Makes the groups that an import names and the company has not. */
@Injectable()
export class GroupMaker {
  constructor(private readonly groups: UserGroupsRepository) {}

  /** Whoever writes accounts holds their lock. */
  async make(manager: EntityManager, companyId: Id, names: readonly string[]): Promise<NewGroups> {
    const made = await this.plan(manager, companyId, names);
    if (made.groups.length > 0) await this.groups.insert(manager, made.groups);
    return made;
  }

  /** As many of the groups as the company may still have, none of them written. @param names that no group has */
  async plan(manager: EntityManager, companyId: Id, names: readonly string[]): Promise<NewGroups> {
    const room = MOST_GROUPS - (await this.groups.count(manager, companyId));
    const good = names.flatMap((asked) => {
      const { name } = groupName(asked);
      return name === undefined ? [] : { asked, name };
    });
    const keys = await this.groups.keysOf(
      manager,
      good.map(({ name }) => name),
    );
    // Of several spellings the first counts.
    const spelled = new Map(keys.map(({ name, key }) => [key, name] as const).reverse());
    const within = [...spelled].sort(([, one], [, other]) => (one < other ? -1 : 1)).slice(0, Math.max(room, 0));
    const now = new Date();
    const given = { companyId, version: 1, createdAt: now, updatedAt: now };
    const groups = new Map(
      within.map(([key, name]) => [key, Object.assign(new UserGroup(), { ...given, id: newId(), name })]),
    );
    const idOf = good.flatMap(({ asked }, place) => {
      const group = groups.get(keys[place]?.key ?? '');
      return group ? [[asked, group.id] as const] : [];
    });
    return { groups: [...groups.values()], idOf: new Map(idOf) };
  }
}
