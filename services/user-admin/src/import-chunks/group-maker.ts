import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { groupName, MOST_GROUPS } from '../groups/group-name.js';
import { UserGroup } from '../groups/user-group.entity.js';
import { UserGroupsRepository } from '../groups/user-groups.repository.js';

/** Makes the groups that an import names and the company has not. */
@Injectable()
export class GroupMaker {
  constructor(private readonly groups: UserGroupsRepository) {}

  /** As many of them as the company may still have. Whoever writes accounts holds their lock. @returns every name that a group has now */
  async make(manager: EntityManager, companyId: Id, names: readonly string[]): Promise<ReadonlyMap<string, Id>> {
    const room = MOST_GROUPS - (await this.groups.count(manager, companyId));
    // In one order, so that two plans at once do not wait for each other.
    const good = new Map<string, string>();
    for (const { name, key } of await this.groups.keysOf(
      manager,
      names.flatMap((text) => groupName(text).name ?? []),
    )) {
      // Of several spellings the first counts.
      if (!good.has(key)) good.set(key, name);
    }
    const made = [...good.values()].sort().slice(0, Math.max(room, 0));
    const now = new Date();
    const given = { companyId, version: 1, createdAt: now, updatedAt: now };
    const groups = made.map((name) => Object.assign(new UserGroup(), { ...given, id: newId(), name }));
    if (groups.length > 0) await this.groups.insert(manager, groups);
    return this.groups.groupIdsByName(manager, companyId, names);
  }
}
