import { Injectable } from '@nestjs/common';
import { In, type EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { MOST_GROUPS } from './group-name.js';
import { UserGroup } from './user-group.entity.js';

/** Where a page of groups ended. */
export interface GroupPlace {
  readonly nameOrder: string;
  readonly id: Id;
}

/** An account that left a group, with what others are told of it. */
export interface FormerMember {
  readonly userId: Id;
  readonly version: number;
  readonly hasOwnSchedule: boolean;
  readonly employeeNumber: string | null;
}

/** What changes groups, and gives them to accounts, holds the lock of accounts; see `UsersRepository.lockAccounts`. */
@Injectable()
export class UserGroupsRepository {
  async insert(manager: EntityManager, groups: readonly UserGroup[]): Promise<void> {
    // Not by TypeORM, which names each value: a plan makes the groups of a file with every chunk, and takes them back.
    await manager.query(
      `insert into user_group (id, company_id, name, version, created_at, updated_at)
       select g.id, g."companyId", g.name, g.version, g."createdAt", g."updatedAt" from json_to_recordset($1::json)
         as g(id uuid, "companyId" uuid, name text, version integer, "createdAt" timestamptz, "updatedAt" timestamptz)`,
      [JSON.stringify(groups)],
    );
  }

  find(manager: EntityManager, id: Id): Promise<UserGroup | null> {
    return manager.findOneBy(UserGroup, { id });
  }

  count(manager: EntityManager, companyId: Id): Promise<number> {
    return manager.countBy(UserGroup, { companyId });
  }

  /** By name; `q` stands anywhere in it, without regard to letter case and accents. */
  page(
    manager: EntityManager,
    companyId: Id,
    { q, after, limit }: { q: string | undefined; after: GroupPlace | undefined; limit: number },
  ): Promise<UserGroup[]> {
    const query = manager.createQueryBuilder(UserGroup, 'g').where('g.companyId = :companyId', { companyId });
    if (q !== undefined) query.andWhere('strpos(g.nameOrder, search_fold(:q)) > 0', { q });
    if (after) query.andWhere('(g.nameOrder, g.id) > (:nameOrder, :id)', after);
    return query.orderBy('g.nameOrder', 'ASC').addOrderBy('g.id', 'ASC').limit(limit).getMany();
  }

  async rename(
    manager: EntityManager,
    id: Id,
    change: Pick<UserGroup, 'name' | 'version' | 'updatedAt'>,
  ): Promise<void> {
    await manager.update(UserGroup, { id }, change);
  }

  async remove(manager: EntityManager, id: Id): Promise<void> {
    await manager.delete(UserGroup, { id });
  }

  /** How many accounts belong to each of the groups; those without one are left out. */
  async memberCounts(manager: EntityManager, companyId: Id, ids: readonly Id[]): Promise<ReadonlyMap<Id, number>> {
    const rows = await manager.query<{ id: Id; members: number }[]>(
      `select m.group_id as id, count(*)::integer as members from user_group_member m
        where m.company_id = $1 and m.group_id = any($2::uuid[]) group by m.group_id`,
      [companyId, [...ids]],
    );
    return new Map(rows.map(({ id, members }) => [id, members]));
  }

  /** Takes the group out of so many of the accounts that belong to it, whose versions grow. */
  async removeMembers(
    manager: EntityManager,
    companyId: Id,
    id: Id,
    limit: number,
    now: Date,
  ): Promise<FormerMember[]> {
    const [rows] = await manager.query<[FormerMember[], number]>(
      `update user_account set group_ids = array_remove(group_ids, $2::uuid), version = version + 1, updated_at = $3
        where id = any(array(select m.user_id from user_group_member m
                              where m.company_id = $1 and m.group_id = $2::uuid order by m.user_id limit $4))
       returning id as "userId", version, has_own_schedule as "hasOwnSchedule", employee_number as "employeeNumber"`,
      [companyId, id, now, limit],
    );
    return rows;
  }

  /** Names with what they are compared by, in their order. */
  keysOf(manager: EntityManager, names: readonly string[]): Promise<{ name: string; key: string }[]> {
    return manager.query(
      `select n.name, casefold(n.name collate pg_unicode_fast) collate "C" as key
         from unnest($1::text[]) with ordinality as n(name, place) order by n.place`,
      [[...names]],
    );
  }

  /** The groups that names mean, in any letter case, by the names as they were asked; unknown ones are left out. */
  async groupIdsByName(
    manager: EntityManager,
    companyId: Id,
    names: readonly string[],
  ): Promise<ReadonlyMap<string, Id>> {
    const meant = names.map((name) => name.normalize('NFC').trim());
    const rows = await manager.query<{ name: string; id: Id }[]>(
      `select a.name, g.id from unnest($2::text[], $3::text[]) as a(name, meant)
         join user_group g on g.company_id = $1 and g.name_key = casefold(a.meant collate pg_unicode_fast) collate "C"`,
      [companyId, [...names], meant],
    );
    return new Map(rows.map(({ name, id }) => [name, id]));
  }

  /** The names of all groups of the company. */
  async names(manager: EntityManager, companyId: Id): Promise<string[]> {
    const rows = await manager.query<{ name: string }[]>(
      `select name from user_group where company_id = $1 order by name_key limit ${MOST_GROUPS}`,
      [companyId],
    );
    return rows.map(({ name }) => name);
  }

  /** The names of groups; those that are no more are left out. */
  async namesOf(manager: EntityManager, ids: readonly Id[]): Promise<ReadonlyMap<Id, string>> {
    if (ids.length === 0) return new Map();
    const groups = await manager.find(UserGroup, {
      select: { id: true, name: true },
      where: { id: In([...new Set(ids)]) },
    });
    return new Map(groups.map(({ id, name }) => [id, name]));
  }
}
