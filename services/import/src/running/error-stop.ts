import { errorLimit } from '@muster/import-model';
import type { ImportJob, StoredProblem } from '../imports/import-job.entity.js';
import { errorsOf } from '../imports/import-state.js';

/** That so many rows are invalid or failed that the run stops, like an abort; null: they are let pass. */
export function errorStop({
  counters,
  errorsBefore,
  configuration,
}: Pick<ImportJob, 'counters' | 'errorsBefore' | 'configuration'>): StoredProblem | null {
  const { maxErrors } = configuration.options;
  if (maxErrors === undefined) return null;
  const count = errorsOf(counters) - errorsBefore;
  const limit = errorLimit(maxErrors, counters.read);
  return count > limit ? { code: 'too_many_errors', params: { count, limit } } : null;
}
