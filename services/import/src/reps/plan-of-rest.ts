import { guardFindings, type GuardSettings } from '@muster/import-model';
import { without } from '../imports/counters.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { goneCount, guardedRecords } from '../absentees/absentee-rules.js';

type Plan = Pick<ImportJob, 'plan' | 'guard' | 'absentees'>;
type SkippedRep = Pick<ImportRep, 'plan' | 'absentees' | 'absenteesBase'>;

/**
 * A plan is of those that wait: what it says without reps that are passed over.
 * @param limits of the guard; undefined: it looks at nothing
 */
export function planOfRest(
  { entity, ...before }: Plan & Pick<ImportJob, 'entity'>,
  skipped: readonly SkippedRep[],
  limits: GuardSettings | undefined,
): Plan {
  const { absentees, guard } = before;
  const plan = skipped.reduce((rest, rep) => (rest && rep.plan ? without(rest, rep.plan) : rest), before.plan);
  const [finding] = guard ?? [];
  if (!plan || !limits || !finding || !absentees || absentees.planned === null) return { plan, guard, absentees };
  const total = (of: 'absentees' | 'absenteesBase') => skipped.reduce((sum, rep) => sum + (rep[of] ?? 0), 0);
  const planned = absentees.withheld === null ? absentees.planned - total('absentees') : 0;
  return {
    plan: { ...plan, ...goneCount(entity, planned) },
    guard: guardFindings(guardedRecords(planned, finding.base - total('absenteesBase')), limits),
    absentees: { ...absentees, planned },
  };
}
