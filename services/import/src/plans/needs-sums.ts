import { entitySchema } from '@muster/import-model';
import { isSync } from '../absentees/absentee-rules.js';
import type { ImportJob } from '../imports/import-job.entity.js';

/** Whether a plan knows something that no chunk can judge by itself: what many accounts mean together, or who is absent. */
export function needsSums(job: Pick<ImportJob, 'entity' | 'configuration'>): boolean {
  return entitySchema(job.entity).ofCompany === true || isSync(job);
}
