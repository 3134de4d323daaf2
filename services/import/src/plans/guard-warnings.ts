import { asksForMore, type GuardSettings } from '@muster/import-model';
import type { StoredProblem } from '../imports/import-job.entity.js';

/** A configuration that asks for more than the company lets pass gets the company's limits, and is told so. */
export function guardWarnings(company: GuardSettings, configured: GuardSettings | undefined): StoredProblem[] {
  if (!asksForMore(company, configured)) return [];
  const { percent, count } = company;
  return [{ code: 'guard_not_raised', params: { percent, count } }];
}
