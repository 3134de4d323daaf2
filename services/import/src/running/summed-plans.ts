import { entitySchema } from '@muster/import-model';
import type { ImportJob } from '../imports/import-job.entity.js';

/** Whether what is absent from the file goes. */
export function isSync({ configuration }: Pick<ImportJob, 'configuration'>): boolean {
  return configuration.mode === 'sync';
}

/** Whether a plan knows something that no chunk can judge by itself: what many accounts mean together, or who is absent. */
export function needsSums(job: Pick<ImportJob, 'entity' | 'configuration'>): boolean {
  return entitySchema(job.entity).ofCompany === true || isSync(job);
}
