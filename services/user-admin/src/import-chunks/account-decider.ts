import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { ChunkOptions, Id } from '@muster/contracts';
import { KeyIndex, nearest, nearParams, type ChunkRow, type PlanSettings } from '@muster/import-model';
import type { Scope } from '@muster/persistence';
import { MOST_GROUPS } from '../groups/group-name.js';
import { UserGroupsRepository } from '../groups/user-groups.repository.js';
import { AccountBatchRepository } from '../users/batch/account-batch.repository.js';
import { UNIQUE_FIELDS } from '../users/batch/batch-item.js';
import type { UserAccount } from '../users/user-account.entity.js';
import { comparedFields, storedAccount, type StoredAccount } from './account-cells.js';
import { AccountMatchesRepository } from './account-matches.repository.js';
import { decideAccounts, wantedGroups, type AccountDecision } from './decide-accounts.js';
import { groupsColumn, namedGroups, withGroupIds, type GroupedRows } from './group-cells.js';
import { GroupMaker, type NewGroups } from './group-maker.js';

export interface DecidedRows {
  /** As they came, in the order of the decisions. */
  readonly rows: readonly ChunkRow[];
  readonly decisions: readonly AccountDecision[];
  /** Those that rows mean. */
  readonly accounts: ReadonlyMap<Id, UserAccount>;
  readonly index: KeyIndex<StoredAccount>;
  /** That rows need: they are made, or in a plan would be. */
  readonly newGroups: NewGroups['groups'];
}

/** Names of a chunk that something is looked for which they may mean. */
const LOOKED_FOR = 50;
const NOTHING_NEAR: ReadonlyMap<string, string> = new Map();

interface Context {
  readonly dryRun: boolean;
  readonly scope: Scope;
  readonly settings: PlanSettings;
  readonly options: ChunkOptions;
}

/** Decides which accounts rows mean, and what they wish of them, by what is stored now. Makes groups if it may, but for a plan. */
@Injectable()
export class AccountDecider {
  constructor(
    private readonly matches: AccountMatchesRepository,
    private readonly accounts: AccountBatchRepository,
    private readonly groups: UserGroupsRepository,
    private readonly maker: GroupMaker,
  ) {}

  async decide(manager: EntityManager, context: Context, rows: readonly ChunkRow[]): Promise<DecidedRows> {
    const { settings, scope, options } = context;
    const index = new KeyIndex<StoredAccount>(rows, settings);
    const accounts = await this.find(manager, scope.companyId, index, settings);
    const may = options.unknownGroups === 'create';
    const { newGroups, ...grouped } = await this.grouped(manager, context, rows, index);
    const near = may ? NOTHING_NEAR : await this.nearGroups(manager, scope.companyId, grouped.unknown);
    const groupProblem = (group: string) => ({
      code: may ? 'too_many_groups' : 'unknown_group',
      field: 'userGroups',
      params: { group, ...(may && { limit: MOST_GROUPS }), ...nearParams(near.get(group)) },
    });
    return { rows, decisions: decideAccounts(grouped, index, settings, groupProblem), accounts, index, newGroups };
  }

  /** Accounts that rows stand for, whatever is wrong with the rows. */
  async present(manager: EntityManager, { settings, scope }: Context, rows: readonly ChunkRow[]): Promise<Id[]> {
    const index = new KeyIndex<StoredAccount>(rows, settings);
    await this.find(manager, scope.companyId, index, settings);
    return [...index.meant(), ...(await this.holders(manager, scope.companyId, index))];
  }

  /** Accounts that rows stand for by an e-mail, number or username of theirs, though not by their keys. */
  async holders(manager: EntityManager, companyId: Id, index: KeyIndex<StoredAccount>): Promise<Id[]> {
    const named = UNIQUE_FIELDS.flatMap((field) => index.valuesOfUnmatched(field).map((value) => ({ [field]: value })));
    if (named.length === 0) return [];
    const known = await this.accounts.known(manager, companyId, named);
    return UNIQUE_FIELDS.flatMap((field) => [...known[field].values()].flatMap(({ holder }) => holder ?? []));
  }

  private async find(
    manager: EntityManager,
    companyId: Id,
    index: KeyIndex<StoredAccount>,
    settings: PlanSettings,
  ): Promise<ReadonlyMap<Id, UserAccount>> {
    if (index.wanted().length === 0) return new Map();
    const ids = await this.matches.candidates(manager, companyId, settings.keys, index);
    const accounts = ids.length > 0 ? await this.accounts.accounts(manager, ids) : new Map<Id, UserAccount>();
    const fields = comparedFields(settings);
    index.add([...accounts.values()].map((account) => storedAccount(account, fields)));
    return accounts;
  }

  /** Groups that may be meant by names that no group has. */
  private async nearGroups(
    manager: EntityManager,
    companyId: Id,
    unknown: ReadonlyMap<number, readonly string[]>,
  ): Promise<ReadonlyMap<string, string>> {
    const wrong = [...new Set([...unknown.values()].flat())].slice(0, LOOKED_FOR);
    if (wrong.length === 0) return NOTHING_NEAR;
    const names = await this.groups.names(manager, companyId);
    return new Map(
      wrong.flatMap((name) => {
        const meant = nearest(name, names);
        return meant === undefined ? [] : [[name, meant] as const];
      }),
    );
  }

  private async grouped(
    manager: EntityManager,
    { scope: { companyId }, settings, options, dryRun }: Context,
    rows: readonly ChunkRow[],
    index: KeyIndex<StoredAccount>,
  ): Promise<GroupedRows & Pick<DecidedRows, 'newGroups'>> {
    const at = groupsColumn(settings);
    if (at === undefined) return { rows, unknown: new Map(), newGroups: [] };
    const known = await this.groups.groupIdsByName(manager, companyId, namedGroups(rows, at));
    const grouped = withGroupIds(rows, at, known);
    const wanted = options.unknownGroups === 'create' ? wantedGroups(grouped, index, settings) : [];
    if (wanted.length === 0) return { ...grouped, newGroups: [] };
    const made = await this.maker[dryRun ? 'plan' : 'make'](manager, companyId, wanted);
    return { ...withGroupIds(rows, at, new Map([...known, ...made.idOf])), newGroups: made.groups };
  }
}
