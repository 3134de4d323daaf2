import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { errorsOf, isFinal, wasRefused } from '../imports/import-state.js';

/** Whose outcomes rows have: those of the run, those that the plan foresees, or none yet. */
export type View = 'plan' | 'run' | 'untried';

type Facts = Pick<ImportJob, 'state' | 'plan' | 'problem'>;
type Rep = Pick<ImportRep, 'progress'>;

/** Once its run began, the outcomes of a rep's rows; before, what the plan foresees. What ended before a run has none. */
export function viewOf(job: Facts, { progress }: Rep): View {
  if (progress !== 'waiting') return 'run';
  if (wasRefused(job)) return refusedByPlan(job) ? 'plan' : 'run';
  return isFinal(job.state) || job.plan === null ? 'untried' : 'plan';
}

/** A result file tells what was done; what a plan foresees is no result unless it refused the run. */
export function resultViewOf(job: Facts, rep: Rep): View {
  const view = viewOf(job, rep);
  return view === 'plan' && !wasRefused(job) ? 'untried' : view;
}

/** Otherwise the plan was well, and what the assignment says since then refused the run. */
function refusedByPlan({ plan }: Facts): boolean {
  return plan !== null && errorsOf(plan) > 0;
}
