import type { Language } from '@muster/contracts';
import { detailMessage } from '@muster/platform';
import { fieldText } from '../audit/field-texts.js';
import type { BatchProblem } from '../users/batch/batch-item.js';
import type {
  MassChangeCountersDto,
  MassChangeDto,
  MassChangeLicencesDto,
  MassChangeProblemDto,
  MassChangeRowDto,
} from './mass-change.dto.js';
import type { MassChange, StoredPlan } from './mass-change.entity.js';
import { commandsOf } from './mass-change-state.js';
import type { ListedRow } from './mass-changes.repository.js';
import { effectOf, type Tally } from './tally.js';

export function massChangeDto(change: MassChange, language: Language): MassChangeDto {
  const { id, state, total, plan, done, approved, restorePointId, problem } = change;
  const { createdBy, runBy, createdAt, startedAt, finishedAt } = change;
  const self = `/v1/users/bulk/${id}`;
  const commands = commandsOf(state).map((command): [string, string] => [command, `${self}/${command}`]);
  return {
    id,
    state,
    counters: countersDto(total, done),
    plan: { counters: countersDto(total, plan.tally), licences: licencesDto(plan), guard: [...plan.guard] },
    restorePointId,
    approved,
    problem: problem === null ? null : problemDto({ code: problem }, language),
    createdBy,
    runBy,
    createdAt,
    startedAt,
    finishedAt,
    links: { self, rows: `${self}/rows`, ...Object.fromEntries<string>(commands) },
  };
}

function countersDto(total: number, tally: Tally): MassChangeCountersDto {
  const { updated, unchanged, invalid, failed, changedSincePlan } = tally;
  return {
    total,
    updated,
    unchanged,
    invalid,
    failed,
    unprocessed: total - updated - unchanged - invalid - failed,
    deactivated: effectOf(tally, 'deactivations'),
    scheduleRemovals: effectOf(tally, 'scheduleRemovals'),
    demotions: effectOf(tally, 'demotions'),
    changedSincePlan,
  };
}

function licencesDto({ ledger, tally }: StoredPlan): MassChangeLicencesDto | null {
  if (!ledger) return null;
  const { licencesTaken: taken, licencesFreed: freed } = tally;
  const { now, after } = ledger;
  return { total: now.licences, inUse: now.inUse, taken, freed, inUseAfter: after.inUse };
}

function problemDto({ code, field, params }: BatchProblem, language: Language): MassChangeProblemDto {
  const message = detailMessage({ code, ...(params && { params }) }, language);
  return { code, ...(field !== undefined && { field }), message };
}

export function massChangeRowDto(row: ListedRow, language: Language): MassChangeRowDto {
  const { userId, displayName, planned, outcome, changedSincePlan, changes, problems } = row;
  return {
    userId,
    displayName,
    planned,
    outcome: outcome ?? 'unprocessed',
    changedSincePlan,
    changes: (changes ?? []).map(({ field, from, to }) => ({ field, label: fieldText(field, language), from, to })),
    problems: (problems ?? []).map((problem) => problemDto(problem, language)),
  };
}
