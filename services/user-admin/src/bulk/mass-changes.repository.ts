import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Id } from '@muster/contracts';
import { filteredAccounts, type AccountFilter } from '../access-links/filtered-accounts.js';
import { ACCOUNT_KINDS, type AccountKind } from '../users/account-kinds.js';
import { Parameters } from '../users/list-conditions.js';
import { MassChange, MassChangeRow } from './mass-change.entity.js';
import type { ACTIVE_STATES } from './mass-change-state.js';
import { NO_WISHES } from './mass-wishes.js';
import type { RowOutcome } from './tally.js';

/** One that goes on by itself. */
export interface ActiveChange {
  readonly id: Id;
  readonly companyId: Id;
  readonly state: (typeof ACTIVE_STATES)[number];
  /** In whose name. */
  readonly actor: string;
}

/** Whose turn it is. */
export type NextRow = Pick<MassChangeRow, 'userId' | 'plannedVersion'>;
export type PlannedRow = Pick<MassChangeRow, 'userId' | 'planned' | 'plannedVersion' | 'changes' | 'problems'>;
export type DoneRow = Pick<MassChangeRow, 'userId' | 'outcome' | 'changedSincePlan' | 'changes' | 'problems'>;

export type ListedOutcome = RowOutcome | 'unprocessed';

export interface RowsRequest {
  readonly massChangeId: Id;
  readonly outcome: ListedOutcome | undefined;
  readonly planned: RowOutcome | undefined;
  readonly after: Id | undefined;
  readonly limit: number;
}

/** A row with the name of its account, if that is still there. */
export type ListedRow = MassChangeRow & { readonly displayName: string | null };

/** No id is as small. */
const BEFORE_ALL = '0'.repeat(32);
/** Rows of a mass change ($1) from JSON ($2): as such, because a planner that knows which one it is expects no rows of it. */
const given = (columns: string) => `with v as materialized (
  select $1::uuid as id, j.* from json_to_recordset($2::json) as j("userId" uuid, ${columns}))`;
type Owner = Pick<MassChange, 'id' | 'companyId'>;

@Injectable()
export class MassChangesRepository {
  async insert(manager: EntityManager, change: MassChange): Promise<void> {
    await manager.insert(MassChange, change);
  }

  /** @returns how many accounts that are */
  async addUsers(manager: EntityManager, { id, companyId }: Owner, userIds: readonly Id[]): Promise<number> {
    await manager.query(
      `insert into mass_change_row (mass_change_id, company_id, user_id)
       select $1, $2, u.id from (select distinct id from unnest($3::uuid[]) as g(id)) u`,
      [id, companyId, userIds],
    );
    return manager.countBy(MassChangeRow, { massChangeId: id });
  }

  /** The accounts that meet a filter now. @returns how many they are */
  async addFiltered(manager: EntityManager, { id, companyId }: Owner, filter: AccountFilter): Promise<number> {
    const parameters = new Parameters();
    const into = [parameters.add(id), parameters.add(companyId)];
    await manager.query(
      `insert into mass_change_row (mass_change_id, company_id, user_id)
       select ${into.join(', ')}, u.id from ${filteredAccounts(companyId, filter, parameters)}`,
      parameters.values,
    );
    return manager.countBy(MassChangeRow, { massChangeId: id });
  }

  find(manager: EntityManager, id: Id): Promise<MassChange | null> {
    return manager.findOneBy(MassChange, { id });
  }

  /** Whether accounts of the staff are among those that it changes. */
  async isOfStaff(manager: EntityManager, id: Id): Promise<boolean> {
    const [row] = await manager.query<{ found: boolean }[]>(
      `select exists (select 1 from mass_change_row r join user_account u on u.id = r.user_id
         where r.mass_change_id = $1 and u.kind = 'staff') as found`,
      [id],
    );
    return row?.found ?? false;
  }

  /** As {@link find}, and nobody else changes it until the unit of work ends. */
  findLocked(manager: EntityManager, id: Id): Promise<MassChange | null> {
    return manager.findOne(MassChange, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  /** The latest first. */
  page(manager: EntityManager, companyId: Id, limit: number, before: Id | undefined): Promise<MassChange[]> {
    const query = manager.createQueryBuilder(MassChange, 'm').where('m.companyId = :companyId', { companyId });
    if (before !== undefined) query.andWhere('m.id < :before', { before });
    return query.orderBy('m.id', 'DESC').limit(limit).getMany();
  }

  /** One that has ended forgets what was wished: it may say something of a person who is deleted later. */
  async update(manager: EntityManager, id: Id, change: Partial<MassChange>): Promise<void> {
    await manager.update(MassChange, { id }, change.finishedAt ? { ...change, wishes: NO_WISHES } : change);
  }

  /** One after the other, until the unit of work ends: whoever is about to run a mass change of the company. */
  async lockRunning(manager: EntityManager, companyId: Id): Promise<void> {
    await manager.query(`select pg_advisory_xact_lock(hashtextextended($1, 0))`, [
      `user-admin mass change ${companyId}`,
    ]);
  }

  /** The one that changes accounts of the company, or will as soon as it is planned. */
  async running(manager: EntityManager, companyId: Id): Promise<Id | undefined> {
    const [row] = await manager.query<{ id: Id }[]>(
      `select id from mass_change
        where company_id = $1 and (state = 'running' or (state = 'planning' and runs))`,
      [companyId],
    );
    return row?.id;
  }

  /** For a unit of work of the worker: those that go on by themselves, the oldest first. */
  active(manager: EntityManager, limit: number): Promise<ActiveChange[]> {
    return manager.query<ActiveChange[]>(
      `select id, company_id as "companyId", state, coalesce(run_by, created_by) as actor from mass_change
        where state in ('planning', 'running') order by id limit $1`,
      [limit],
    );
  }

  /** In the order of the accounts' ids. */
  next(manager: EntityManager, { id, position }: MassChange, limit: number): Promise<NextRow[]> {
    return manager.query<NextRow[]>(
      `select user_id as "userId", planned_version as "plannedVersion" from mass_change_row
        where mass_change_id = $1 and user_id > $2 order by user_id limit $3`,
      [id, position ?? BEFORE_ALL, limit],
    );
  }

  async savePlanned(manager: EntityManager, id: Id, rows: readonly PlannedRow[]): Promise<void> {
    await manager.query(
      `${given('planned text, "plannedVersion" integer, changes jsonb, problems jsonb')}
       update mass_change_row r
          set planned = v.planned, planned_version = v."plannedVersion", changes = v.changes, problems = v.problems
         from v where (r.mass_change_id, r.user_id) = (v.id, v."userId")`,
      [id, JSON.stringify(rows)],
    );
  }

  async saveDone(manager: EntityManager, id: Id, rows: readonly DoneRow[]): Promise<void> {
    await manager.query(
      `${given('outcome text, "changedSincePlan" boolean, changes jsonb, problems jsonb')}
       update mass_change_row r
          set outcome = v.outcome, changed_since_plan = v."changedSincePlan", changes = v.changes, problems = v.problems
         from v where (r.mass_change_id, r.user_id) = (v.id, v."userId")`,
      [id, JSON.stringify(rows)],
    );
  }

  /** Active accounts by kind. */
  async countActive(manager: EntityManager, companyId: Id): Promise<Record<AccountKind, number>> {
    const rows = await manager.query<{ kind: AccountKind; number: number }[]>(
      `select kind, count(*)::integer as number from user_account where company_id = $1 and login_enabled group by kind`,
      [companyId],
    );
    const numbers = new Map(rows.map(({ kind, number }) => [kind, number]));
    return Object.fromEntries(ACCOUNT_KINDS.map((kind) => [kind, numbers.get(kind) ?? 0])) as Record<
      AccountKind,
      number
    >;
  }

  rows(manager: EntityManager, { massChangeId, outcome, planned, after, limit }: RowsRequest): Promise<ListedRow[]> {
    return manager.query<ListedRow[]>(
      `select r.user_id as "userId", r.planned, r.outcome, r.changed_since_plan as "changedSincePlan", r.changes,
              r.problems, u.display_name as "displayName"
         from mass_change_row r left join user_account u on u.id = r.user_id
        where r.mass_change_id = $1 and ($2::text is null or coalesce(r.outcome, 'unprocessed') = $2)
          and ($3::text is null or r.planned = $3) and r.user_id > $4
        order by r.user_id limit $5`,
      [massChangeId, outcome ?? null, planned ?? null, after ?? BEFORE_ALL, limit],
    );
  }
}
