import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem, type ChunkOptions, type Id, type RowAnswer } from '@muster/contracts';
import { ChunkResultRepository } from '@muster/import-owner';
import type { ChunkEffect, ChunkRow, PlanSettings } from '@muster/import-model';
import type { Scope } from '@muster/persistence';
import { SendJobs } from '../access-links/send-jobs.service.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { UserGroupsRepository } from '../groups/user-groups.repository.js';
import { AccountBatch } from '../users/account-batch.js';
import { AccountBatchRepository } from '../users/batch/account-batch.repository.js';
import type { BatchItem, BatchOutcome, Ledger } from '../users/batch/batch-item.js';
import { UsersRepository } from '../users/users.repository.js';
import { answerOfOutcome, answerOfPlan, batchItem, mayBeGiven } from './account-answers.js';
import { AccountDecider, type DecidedRows } from './account-decider.js';
import { plannedAnswers } from './planned-answers.js';
import { heldBack, ledgerWithout, mostOf, needsOf, sameNeeds, type Needs } from './needs.js';

/** What every part of the handling of a chunk needs to know of it. */
export interface AccountContext {
  readonly scope: Scope;
  readonly importId: Id;
  readonly dryRun: boolean;
  readonly settings: PlanSettings;
  readonly options: ChunkOptions;
  readonly restorePointId: Id | null;
  /** Nothing is postponed any more. */
  readonly last: boolean;
  /** It is asked who is absent from the rows. */
  readonly isSync: boolean;
}

/** A row that asks something of the accounts, with what becomes of it. */
interface AskingRow {
  readonly row: ChunkRow;
  readonly item: BatchItem;
}

/** Nobody is refused a licence, or the last administrator's part: the import sums those over the whole file. */
const EVERYTHING: Ledger = { licences: Infinity, inUse: 0, administrators: Infinity };

/** Plans and writes rows about accounts: a handful of statements for all of them. */
@Injectable()
export class AccountChunkWriter {
  constructor(
    private readonly decider: AccountDecider,
    private readonly batch: AccountBatch,
    private readonly accounts: AccountBatchRepository,
    private readonly users: UsersRepository,
    private readonly companies: CompaniesRepository,
    private readonly groups: UserGroupsRepository,
    private readonly results: ChunkResultRepository,
    private readonly links: SendJobs,
  ) {}

  /** What a run would answer, were it to come now. */
  async plan(manager: EntityManager, context: AccountContext, rows: readonly ChunkRow[]): Promise<ChunkEffect> {
    const decided = await this.decider.decide(manager, context, rows);
    const asking = askingRows(decided);
    const items = asking.map(({ item }) => item);
    const { companyId } = context.scope;
    const options = { ...optionsOf(context), forecast: { newGroups: decided.newGroups } };
    const { outcomes, known } = await this.batch.plan(manager, companyId, items, options, EVERYTHING);
    const effect = await this.effect(manager, context, decided, asking, outcomes);
    if (context.isSync) effect.present.push(...(await this.decider.holders(manager, companyId, decided.index)));
    return { ...effect, answers: plannedAnswers(effect.answers, asking, outcomes, decided.decisions, known) };
  }

  /** The lock of accounts is held. */
  async write(manager: EntityManager, context: AccountContext, rows: readonly ChunkRow[]): Promise<ChunkEffect> {
    const decided = await this.decider.decide(manager, context, rows);
    const asking = askingRows(decided);
    const items = asking.map(({ item }) => item);
    const outcomes = await this.outcomes(manager, context, items);
    await this.batch.write(manager, outcomes, optionsOf(context));
    await this.notify(manager, context, asking, outcomes);
    const waits = (outcome: BatchOutcome) => !context.last && mayBeGiven(outcome);
    const effect = await this.effect(manager, context, decided, asking, outcomes, waits);
    asking.forEach(({ row, item }, place) => {
      const outcome = outcomes[place];
      if (outcome && waits(outcome)) effect.postponed.push({ ...row, needs: needsOf(item) });
    });
    return effect;
  }

  /**
   * By the rules of many accounts at once. What rows need that wait for others is held back for them until the last order
   * decides: the order of the file counts, not that of the chunks.
   */
  private async outcomes(
    manager: EntityManager,
    context: AccountContext,
    items: readonly BatchItem[],
  ): Promise<readonly BatchOutcome[]> {
    const { companyId } = context.scope;
    const options = optionsOf(context);
    if (context.last) return (await this.batch.plan(manager, companyId, items, options)).outcomes;
    const ledger = await this.ledger(manager, companyId);
    const waiting = await this.results.waitingNeeds(manager, companyId, context.importId);
    for (let held: Needs = new Map(); ;) {
      const { outcomes } = await this.batch.plan(
        manager,
        companyId,
        items,
        options,
        ledgerWithout(ledger, waiting, held),
      );
      // It only grows: what is held back makes others wait, and they may be those for whom it was.
      const next = mostOf(held, heldBack(items, outcomes));
      if (sameNeeds(next, held)) return outcomes;
      held = next;
    }
  }

  private async ledger(manager: EntityManager, companyId: Id): Promise<Ledger> {
    const company = await this.companies.find(manager, companyId);
    if (!company) throw new Problem('company_not_found');
    const inUse = await this.users.licencesInUse(manager, companyId);
    const administrators = await this.accounts.countAdministrators(manager, companyId);
    return { licences: company.licences, inUse, administrators };
  }

  private async notify(
    manager: EntityManager,
    { scope, options, settings }: AccountContext,
    asking: readonly AskingRow[],
    outcomes: readonly BatchOutcome[],
  ): Promise<void> {
    const at = settings.columns.findIndex(({ field }) => field === 'notify');
    const told = outcomes.flatMap((outcome, place) => {
      const wished = options.notify === true || asking[place]?.row.values[at] === true;
      return outcome.outcome === 'created' && wished ? [outcome.account.id] : [];
    });
    if (told.length > 0) await this.links.sendTo(manager, scope, told, 'email');
  }

  private async effect(
    manager: EntityManager,
    { dryRun }: AccountContext,
    { decisions, newGroups }: DecidedRows,
    asking: readonly AskingRow[],
    outcomes: readonly BatchOutcome[],
    waits: (outcome: BatchOutcome) => boolean = () => false,
  ): Promise<ChunkEffect> {
    const found = await this.groups.namesOf(manager, groupsOf(outcomes));
    const names = new Map([...found, ...newGroups.map(({ id, name }) => [id, name] as const)]);
    const outcomeOf = new Map(asking.map(({ row }, place) => [row.row, outcomes[place]]));
    const answers = decisions.flatMap(({ row, plan }): RowAnswer[] => {
      if (plan.outcome !== 'created' && plan.outcome !== 'updated') return [answerOfPlan(row, plan)];
      const outcome = outcomeOf.get(row);
      return !outcome || waits(outcome) ? [] : [answerOfOutcome(row, outcome, names, dryRun)];
    });
    const created = dryRun ? [] : outcomes.flatMap((one) => (one.outcome === 'created' ? [one.account.id] : []));
    const present = [...decisions.flatMap(({ meant }) => meant), ...created];
    return { answers, created: [], updated: [], present, postponed: [] };
  }
}

function askingRows({ decisions, rows, accounts }: DecidedRows): AskingRow[] {
  return decisions.flatMap((decision, i) => {
    const item = batchItem(decision, accounts);
    const row = rows[i];
    return item && row ? [{ row, item }] : [];
  });
}

function groupsOf(outcomes: readonly BatchOutcome[]): Id[] {
  return outcomes.flatMap((outcome) => {
    const groups =
      outcome.outcome === 'changed' ? outcome.differences.find(({ field }) => field === 'userGroups') : undefined;
    return groups ? [groups.from, groups.to].flatMap((value) => (Array.isArray(value) ? (value as Id[]) : [])) : [];
  });
}

function optionsOf({ options, restorePointId }: AccountContext) {
  const point = restorePointId !== null && { restorePointId };
  return { allowScheduleRemoval: options.allowScheduleRemoval ?? false, ...point };
}
