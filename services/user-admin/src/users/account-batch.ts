import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type Id } from '@muster/contracts';
import { AccountReferences } from '../code-lists/account-references.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import type { Company } from '../companies/company.entity.js';
import { AccountEvents } from './account-events.js';
import { AccountBatchRepository, type KnownValues } from './batch/account-batch.repository.js';
import { draftOf, problemsOf, type Draft } from './batch/batch-draft.js';
import type { BatchItem, BatchOptions, BatchOutcome, BatchProblem, Ledger } from './batch/batch-item.js';
import { candidateOf, outcomeOf, writes } from './batch/batch-outcome.js';
import { decideBatch } from './batch/decide-batch.js';
import { planContext } from './plan-account.js';
import type { UserAccount } from './user-account.entity.js';
import { Usernames } from './usernames.js';
import { UsersRepository } from './users.repository.js';

export interface BatchPlan {
  /** In the order of the items. */
  readonly outcomes: readonly BatchOutcome[];
  /** Once all of it is written; for the next part of a plan. */
  readonly ledger: Ledger;
  /** Unique values that were wished for of accounts that nothing of their own stands in the way of. */
  readonly known: KnownValues;
}

/**
 * Many accounts changed and created together, by the rules of {@link Accounts}, with a handful of statements. What the rules
 * look at is the state at the end: values may be exchanged, licences that are freed count first, and somebody else may
 * become administrator. An account that is refused stays as it is and keeps nobody else from being written.
 */
@Injectable()
export class AccountBatch {
  constructor(
    private readonly users: UsersRepository,
    private readonly companies: CompaniesRepository,
    private readonly batch: AccountBatchRepository,
    private readonly references: AccountReferences,
    private readonly usernames: Usernames,
    private readonly events: AccountEvents,
  ) {}

  /**
   * Writes in the open unit of work, which is to call this, or `lockAccounts`, before it reads any account. Publishes what
   * has become of each account when the unit of work commits. What does not change is not written.
   * @param items each account once
   */
  async apply(
    manager: EntityManager,
    companyId: Id,
    items: readonly BatchItem[],
    options: BatchOptions = {},
  ): Promise<readonly BatchOutcome[]> {
    await this.users.lockAccounts(manager, companyId);
    const { outcomes } = await this.plan(manager, companyId, items, options);
    await this.write(manager, outcomes, options);
    return outcomes;
  }

  /** Writes and publishes what was planned in this unit of work, after the lock of accounts. */
  async write(
    manager: EntityManager,
    outcomes: readonly BatchOutcome[],
    { restorePointId }: Pick<BatchOptions, 'restorePointId'> = {},
  ): Promise<void> {
    const changed = outcomes.flatMap((outcome) => (outcome.outcome === 'changed' ? outcome : []));
    const created = outcomes.flatMap((outcome) => (outcome.outcome === 'created' ? outcome.account : []));
    // Values that new accounts take are given up first.
    if (changed.length > 0) {
      const properties = new Set(changed.flatMap(({ properties: written }) => written));
      await this.batch.update(
        manager,
        changed.map(({ account }) => account),
        properties,
      );
    }
    if (created.length > 0) await this.batch.insert(manager, created);
    await this.events.createdAll(created);
    await this.events.changedAll(changed, restorePointId);
  }

  /**
   * Decides as {@link apply}, and stops before it writes.
   * @param ledger what the parts before leave; preset: as it is now. Infinite licences: nobody is refused one
   */
  async plan(
    manager: EntityManager,
    companyId: Id,
    items: readonly BatchItem[],
    options: BatchOptions = {},
    ledger?: Ledger,
  ): Promise<BatchPlan> {
    const company = await this.companies.find(manager, companyId);
    if (!company) throw new Problem('company_not_found');
    const found = await this.read(manager, items);
    const now = new Date();
    const context = planContext(company, now);
    const drafts = items.map((item) => draftOf(item, item.does === 'change' ? found.get(item.id) : undefined, context));
    const problems = await this.problems(manager, companyId, drafts, options);
    const alive = drafts.map((draft, place) => (problems[place]?.length === 0 ? draft : undefined));
    const known = await this.batch.known(
      manager,
      companyId,
      alive.flatMap((draft) => draft?.unique ?? []),
    );
    const asking = alive.map((draft) => (draft && writes(draft) ? candidateOf(draft, known) : undefined));
    const candidates = options.forecast ? asking.map((one) => one && { ...one, holders: {} }) : asking;
    const decision = decideBatch(candidates, ledger ?? (await this.ledger(manager, company)));
    for (const [place, problem] of decision.refused) problems[place] = [problem];
    const usernames = options.forecast ? undefined : await this.usernamesOf(manager, companyId, drafts, problems);
    const outcomes = drafts.map((draft, place) => {
      return outcomeOf(draft, problems[place] ?? [], { companyId, now, username: usernames?.get(place) });
    });
    return { outcomes, ledger: decision.ledger, known };
  }

  /** As it is now. */
  async ledger(manager: EntityManager, { id, licences }: Pick<Company, 'id' | 'licences'>): Promise<Ledger> {
    const inUse = await this.users.licencesInUse(manager, id);
    return { licences, inUse, administrators: await this.batch.countAdministrators(manager, id) };
  }

  private async read(manager: EntityManager, items: readonly BatchItem[]): Promise<ReadonlyMap<Id, UserAccount>> {
    const changes = items.flatMap((item) => (item.does === 'change' ? item : []));
    if (new Set(changes.map(({ id }) => id)).size < changes.length) throw new Error('An account is in a batch twice');
    const unread = changes.filter(({ before }) => !before).map(({ id }) => id);
    const given = changes.flatMap(({ before }) => before ?? []);
    const read = unread.length === 0 ? new Map<Id, UserAccount>() : await this.batch.accounts(manager, unread);
    return new Map([...read, ...given.map((account) => [account.id, account] as const)]);
  }

  private async problems(
    manager: EntityManager,
    companyId: Id,
    drafts: readonly (Draft | undefined)[],
    options: BatchOptions,
  ): Promise<BatchProblem[][]> {
    const there = drafts.flatMap((draft) => draft ?? []);
    const faults = await this.references.faultsOfAll(manager, companyId, there, options.forecast?.newGroups);
    const references = new Map(there.map((draft, index) => [draft, faults[index] ?? []]));
    return drafts.map((draft) =>
      draft ? problemsOf(draft, references.get(draft) ?? [], options) : [{ code: 'user_not_found' }],
    );
  }

  /** Made for new accounts that were not given one, by their places. */
  private async usernamesOf(
    manager: EntityManager,
    companyId: Id,
    drafts: readonly (Draft | undefined)[],
    problems: readonly (readonly BatchProblem[])[],
  ): Promise<ReadonlyMap<number, string>> {
    const nameless = drafts.flatMap((draft, place) => {
      const needs = draft && !draft.before && problems[place]?.length === 0 && draft.after.username === '';
      return needs ? [{ place, email: draft.after.email ?? '' }] : [];
    });
    if (nameless.length === 0) return new Map();
    const promised = drafts.flatMap((draft) => draft?.unique.username ?? []);
    const emails = nameless.map(({ email }) => email);
    const made = await this.usernames.free(manager, companyId, emails, promised);
    return new Map(nameless.map(({ place }, index) => [place, made[index] ?? '']));
  }
}
