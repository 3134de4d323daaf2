import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Problem } from '@muster/contracts';
import { isCausedByValues } from '@muster/import-owner';
import { UnitOfWork, type Scope } from '@muster/persistence';
import { fieldText } from '../audit/field-texts.js';
import { CompaniesRepository } from '../companies/companies.repository.js';
import type { Company } from '../companies/company.entity.js';
import { OwnRestorePoints } from '../restore-points/own-restore-points.js';
import { AccountBatch } from '../users/account-batch.js';
import { AccountBatchRepository } from '../users/batch/account-batch.repository.js';
import type { AccountChange, BatchOptions } from '../users/batch/batch-item.js';
import { UsersRepository } from '../users/users.repository.js';
import { MassChangeWriter, type WriteHow } from './mass-change-writer.js';
import type { MassChange } from './mass-change.entity.js';
import { MassChangesRepository, type ActiveChange, type NextRow } from './mass-changes.repository.js';
import { fieldsOf, wishesFor } from './mass-wishes.js';
import { doneRow, plannedRow } from './rows-of.js';
import { addTallies, guardInRun, guardOf, tallyOf, type KindFinding } from './tally.js';

const ACCOUNTS_A_STEP = 500;
const LONGEST_NAME = 100;

/**
 * The steps of mass changes. A step is one unit of work: what becomes of its accounts, their events and what is noted of it
 * are there together or not at all, and whoever does the next one waits for this one. So a process may die, and several
 * may work at one mass change, and no account is changed twice by it. A plan is the run's own code, stopped before it
 * writes.
 */
@Injectable()
export class MassChangeSteps {
  private readonly logger = new Logger('mass change');

  constructor(
    private readonly uow: UnitOfWork,
    private readonly changes: MassChangesRepository,
    private readonly companies: CompaniesRepository,
    private readonly users: UsersRepository,
    private readonly batch: AccountBatch,
    private readonly accounts: AccountBatchRepository,
    private readonly writer: MassChangeWriter,
    private readonly ownPoints: OwnRestorePoints,
  ) {}

  /** All accounts of the step in one go; should that fail because of them, all but those that fail by themselves. */
  async next(active: ActiveChange): Promise<void> {
    try {
      await this.step(active, 'together');
    } catch (error) {
      if (!isCausedByValues(error)) throw error;
      this.logger.warn({
        massChangeId: active.id,
        err: error,
        msg: 'A step of a mass change failed, and is tried again',
      });
      await this.step(active, 'inHalves').catch((again: unknown) => this.giveUp(active, again));
    }
  }

  private step(active: ActiveChange, how: WriteHow): Promise<void> {
    const { id, companyId, state } = active;
    return this.uow.run(scopeOf(active), async (manager) => {
      if (state === 'running') await this.users.lockAccounts(manager, companyId);
      const change = await this.changes.findLocked(manager, id);
      // Cancelled, or another process was faster.
      if (change?.state !== state) return;
      const company = await this.companies.find(manager, companyId);
      if (!company) throw new Problem('company_not_found');
      const rows = await this.changes.next(manager, change, ACCOUNTS_A_STEP);
      if (state === 'planning') await this.plan(manager, company, change, rows);
      else await this.run(manager, company, change, rows, how);
    });
  }

  private async plan(manager: EntityManager, company: Company, change: MassChange, rows: readonly NextRow[]) {
    const now = change.plan.ledger?.now ?? (await this.batch.ledger(manager, company));
    const items = itemsOf(change, rows);
    const before = change.plan.ledger?.after ?? now;
    const planned = await this.batch.plan(manager, company.id, items, optionsOf(change), before);
    const saved = rows.map(({ userId }, place) => plannedRow(userId, planned.outcomes[place]));
    await this.changes.savePlanned(manager, change.id, saved);
    const tally = addTallies(change.plan.tally, tallyOf(planned.outcomes));
    const plan = { ...change.plan, tally, ledger: { now, after: planned.ledger } };
    if (rows.length === ACCOUNTS_A_STEP) {
      return this.changes.update(manager, change.id, { plan, position: rows.at(-1)?.userId ?? null });
    }
    const active = await this.changes.countActive(manager, company.id);
    const guard = guardOf(tally, active, guardSettings(company));
    const next = change.runs ? nextOfRun(guard, change) : { state: 'planned' as const };
    return this.changes.update(manager, change.id, { plan: { ...plan, active, guard }, position: null, ...next });
  }

  private async run(
    manager: EntityManager,
    company: Company,
    change: MassChange,
    rows: readonly NextRow[],
    how: WriteHow,
  ): Promise<void> {
    const known = await this.accounts.accounts(
      manager,
      rows.map(({ userId }) => userId),
    );
    const items = itemsOf(change, rows).map((item) => ({ ...item, before: known.get(item.id) }));
    const stale = rows.map(({ userId, plannedVersion }) => (known.get(userId)?.version ?? null) !== plannedVersion);
    const { outcomes } = await this.batch.plan(manager, company.id, items, optionsOf(change));
    const wouldBe = tallyOf(outcomes);
    const stop = this.stopOf(company, change, addTallies(change.done, wouldBe));
    if (stop) return this.changes.update(manager, change.id, stop);
    const restorePointId = await this.pointFor(manager, company, change, wouldBe.updated);
    const options = { ...optionsOf(change), ...(restorePointId !== null && { restorePointId }) };
    const results = await this.writer.write(manager, company.id, { items, outcomes, options, how });
    const saved = rows.map(({ userId }, place) => doneRow(userId, results[place], stale[place] ?? false));
    await this.changes.saveDone(manager, change.id, saved);
    const done = addTallies(change.done, tallyOf(results, stale.filter(Boolean).length));
    const position = rows.at(-1)?.userId ?? change.position;
    const isLast = rows.length < ACCOUNTS_A_STEP;
    const state = done.invalid + done.failed > 0 ? 'completedWithErrors' : 'completed';
    const end = isLast && ({ state, finishedAt: new Date() } as const);
    await this.changes.update(manager, change.id, { done, position, restorePointId, ...end });
  }

  /** Accounts have become others since the plan, and the guard would not have let that pass. */
  private stopOf(company: Company, { approved, plan }: MassChange, done: MassChange['done']) {
    if (approved || !plan.active) return undefined;
    const guard = guardInRun(done, plan.tally, plan.active, guardSettings(company));
    if (guard.every(({ exceeded }) => !exceeded)) return undefined;
    return { state: 'awaitingApproval', plan: { ...plan, guard } } as const;
  }

  /** Taken before the first write, if there is any. */
  private async pointFor(manager: EntityManager, company: Company, change: MassChange, writes: number) {
    if (change.restorePointId !== null || writes === 0) return change.restorePointId;
    const name = fieldsOf(change.wishes).map((field) => fieldText(field, company.language));
    const point = { occasion: 'mass-change', name: cut(name.join('; ')) } as const;
    return this.ownPoints.take(manager, { companyId: company.id }, point);
  }

  /** Nothing of the step can be done, and never will be: the mass change ends, and the rest stays unprocessed. */
  private async giveUp(active: ActiveChange, error: unknown): Promise<void> {
    if (!isCausedByValues(error)) throw error;
    this.logger.error({ massChangeId: active.id, err: error, msg: 'A mass change failed' });
    const problem = error instanceof Problem ? error.code : 'internal_error';
    const failed = { state: 'failed', problem, finishedAt: new Date() } as const;
    await this.uow.run(scopeOf(active), async (manager) => {
      const change = await this.changes.findLocked(manager, active.id);
      if (change?.state === active.state) await this.changes.update(manager, active.id, failed);
    });
  }
}

function scopeOf({ id, companyId, actor }: ActiveChange): Scope {
  return { companyId, actor, cause: `mass-change:${id}` };
}

function itemsOf({ wishes: wished }: MassChange, rows: readonly NextRow[]): AccountChange[] {
  const wishes = wishesFor(wished);
  return rows.map(({ userId: id }) => ({ does: 'change', id, wishes }));
}

function optionsOf({ allowScheduleRemoval }: MassChange): BatchOptions {
  return { allowScheduleRemoval };
}

function guardSettings({ guardPercent: percent, guardCount: count }: Company) {
  return { percent, count };
}

/** What a change becomes that is to be run, with what is known of its guard. */
export function nextOfRun(
  guard: readonly KindFinding[],
  { createdBy, runBy }: Pick<MassChange, 'createdBy' | 'runBy'>,
) {
  if (guard.some(({ exceeded }) => exceeded)) return { state: 'awaitingApproval' } as const;
  return { state: 'running', runBy: runBy ?? createdBy, startedAt: new Date() } as const;
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length <= LONGEST_NAME ? text : `${characters.slice(0, LONGEST_NAME - 1).join('')}…`;
}
