import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isId, Problem, type Id } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { decodeIdCursor, toPage, type Caller, type PageQuery } from '@muster/platform';
import { CompaniesRepository } from '../companies/companies.repository.js';
import { requireUserImport } from '../companies/user-import.js';
import { planContext, requireFaultless } from '../users/plan-account.js';
import { wishesOf } from '../users/wishes-of.js';
import { given } from '../validation/given.js';
import { massChangeDto, massChangeRowDto } from './mass-change-answer.js';
import { MassChangeRunner } from './mass-change-runner.js';
import { mayCommand, type MassChangeCommand } from './mass-change-state.js';
import { nextOfRun } from './mass-change-steps.js';
import type {
  MassChangeDto,
  MassChangePage,
  MassChangeRowPage,
  MassChangeRowsQuery,
  MassChangesInput,
  StartMassChangeBody,
} from './mass-change.dto.js';
import { MassChange } from './mass-change.entity.js';
import { MassChangesRepository } from './mass-changes.repository.js';
import { massFaults, type MassWishes } from './mass-wishes.js';
import { NOTHING } from './tally.js';

/** What people ask of mass changes; see {@link MassChangeSteps} for how they are carried out. */
@Injectable()
export class MassChanges {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly companies: CompaniesRepository,
    private readonly changes: MassChangesRepository,
    private readonly runner: MassChangeRunner,
  ) {}

  /** @throws Problem users_not_chosen, validation_failed, mass_change_running, user_import_not_available */
  start(caller: Caller, body: StartMassChangeBody): Promise<MassChangeDto> {
    const { userIds, filter, changes, options, then = 'plan' } = given(body);
    if ((userIds === undefined) === (filter === undefined)) throw new Problem('users_not_chosen');
    const wishes = massWishesOf(changes);
    const { companyId, actor } = caller;
    return this.uow.run(caller, async (manager) => {
      const company = await this.companies.find(manager, companyId);
      if (!company) throw new Problem('company_not_found');
      // What an import may not do, a mass change may not do either; other kinds than staff are named by the filter.
      if (filter?.kind === undefined || filter.kind === 'staff') requireUserImport(company);
      requireFaultless(massFaults(wishes, planContext(company, new Date())), '/changes');
      const runs = then === 'run';
      if (runs) await this.requireNoneRunning(manager, companyId);
      const { allowScheduleRemoval = false } = given(options ?? {});
      const change = newMassChange({ companyId, createdBy: actor, wishes, runs, allowScheduleRemoval });
      change.total =
        userIds === undefined
          ? await this.changes.addFiltered(manager, change, given(filter ?? {}))
          : await this.changes.addUsers(manager, change, userIds);
      await this.changes.insert(manager, change);
      this.uow.afterCommit(() => this.runner.wake());
      return massChangeDto(change, caller.language);
    });
  }

  /** @throws Problem mass_change_not_found */
  get(caller: Caller, id: Id): Promise<MassChangeDto> {
    return this.uow.run(caller, async (manager) => {
      const change = isId(id) ? await this.changes.find(manager, id) : null;
      if (!change) throw new Problem('mass_change_not_found');
      return massChangeDto(change, caller.language);
    });
  }

  /** The latest first. @throws Problem invalid_cursor */
  list(caller: Caller, { cursor, limit }: PageQuery): Promise<MassChangePage> {
    const before = decodeIdCursor(cursor);
    return this.uow.run(caller, async (manager) => {
      const found = await this.changes.page(manager, caller.companyId, limit + 1, before);
      const { items, nextCursor } = toPage(found, limit, ({ id }) => [id]);
      return { items: items.map((change) => massChangeDto(change, caller.language)), nextCursor };
    });
  }

  /** In the order of the accounts' ids. @throws Problem mass_change_not_found, invalid_cursor */
  rows(caller: Caller, id: Id, query: MassChangeRowsQuery): Promise<MassChangeRowPage> {
    const { limit, cursor, outcome, planned } = query;
    const after = decodeIdCursor(cursor);
    return this.uow.run(caller, async (manager) => {
      const change = isId(id) ? await this.changes.find(manager, id) : null;
      if (!change) throw new Problem('mass_change_not_found');
      const wanted = { massChangeId: id, outcome, planned, after, limit: limit + 1 };
      const { items, nextCursor } = toPage(await this.changes.rows(manager, wanted), limit, ({ userId }) => [userId]);
      return { items: items.map((row) => massChangeRowDto(row, caller.language)), nextCursor };
    });
  }

  /**
   * Runs what was planned; beyond the guard's limits it waits for approval.
   * @throws Problem mass_change_not_found, mass_change_state, mass_change_running, user_import_not_available
   */
  run(caller: Caller, id: Id): Promise<MassChangeDto> {
    return this.command(caller, id, 'run', (change) =>
      nextOfRun(change.plan.guard, { ...change, runBy: caller.actor }),
    );
  }

  /** Lets it go beyond the guard's limits, this once. @throws Problem as {@link run} */
  approve(caller: Caller, id: Id): Promise<MassChangeDto> {
    return this.command(caller, id, 'approve', ({ startedAt }) => {
      const now = new Date();
      return { state: 'running', approved: true, runBy: caller.actor, startedAt: startedAt ?? now };
    });
  }

  /** Stops after the step in hand; what was not tried stays unprocessed. @throws Problem mass_change_not_found, mass_change_state */
  cancel(caller: Caller, id: Id): Promise<MassChangeDto> {
    return this.command(caller, id, 'cancel', () => ({ state: 'cancelled', finishedAt: new Date() }));
  }

  private command(
    caller: Caller,
    id: Id,
    command: MassChangeCommand,
    next: (change: MassChange) => Partial<MassChange>,
  ): Promise<MassChangeDto> {
    return this.uow.run(caller, async (manager) => {
      const change = isId(id) ? await this.changes.findLocked(manager, id) : null;
      if (!change) throw new Problem('mass_change_not_found');
      if (command !== 'cancel') await this.requireAvailable(manager, change);
      const { state } = change;
      if (!mayCommand(command, state)) throw new Problem('mass_change_state', { params: { command, state } });
      const changed = next(change);
      if (changed.state === 'running') await this.requireNoneRunning(manager, change.companyId);
      await this.changes.update(manager, id, changed);
      this.uow.afterCommit(() => this.runner.wake());
      return massChangeDto(Object.assign(change, changed), caller.language);
    });
  }

  /** A host system may keep the accounts in step since it was planned. @throws Problem user_import_not_available */
  private async requireAvailable(manager: EntityManager, { id, companyId }: MassChange): Promise<void> {
    const company = await this.companies.find(manager, companyId);
    if (company && (await this.changes.isOfStaff(manager, id))) requireUserImport(company);
  }

  /** Of two at the same moment one waits here, and then finds the other. @throws Problem mass_change_running */
  private async requireNoneRunning(manager: EntityManager, companyId: Id): Promise<void> {
    await this.changes.lockRunning(manager, companyId);
    const massChangeId = await this.changes.running(manager, companyId);
    if (massChangeId !== undefined) throw new Problem('mass_change_running', { params: { massChangeId } });
  }
}

function massWishesOf(changes: MassChangesInput): MassWishes {
  const { addUserGroups = [], removeUserGroups = [] } = given(changes);
  return { wishes: wishesOf(changes), addGroups: addUserGroups, removeGroups: removeUserGroups };
}

type Begun = Pick<MassChange, 'companyId' | 'createdBy' | 'wishes' | 'runs' | 'allowScheduleRemoval'>;

function newMassChange(begun: Begun): MassChange {
  return Object.assign(new MassChange(), begun, {
    id: newId(),
    state: 'planning' as const,
    approved: false,
    total: 0,
    plan: { tally: NOTHING, ledger: null, active: null, guard: [] },
    done: NOTHING,
    position: null,
    restorePointId: null,
    problem: null,
    runBy: null,
    createdAt: new Date(),
    startedAt: null,
    finishedAt: null,
  });
}
