import type { ImportCounters } from '@muster/contracts';
import { addOutcomes, initialCounters } from '../imports/counters.js';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { ImportRep } from '../imports/import-rep.entity.js';
import { wasRefused } from '../imports/import-state.js';

/** What became of the rows of a rep: over all reps, what the import itself counts. */
export function repCounters(
  job: Pick<ImportJob, 'state' | 'problem'>,
  rep: Pick<ImportRep, 'rowCount' | 'counters' | 'plan' | 'progress'>,
): ImportCounters {
  if (rep.progress !== 'waiting') return rep.counters;
  const untried = initialCounters(rep.rowCount);
  if (!wasRefused(job)) return untried;
  // Refused by the plan, or by what was decided already when the run was to begin.
  const { invalid, ignored } = rep.counters.read > 0 || !rep.plan ? rep.counters : rep.plan;
  return addOutcomes(untried, { invalid, ignored });
}
