import type { RowProblem } from '@muster/contracts';
import { entitySchema } from '../schema/entities.js';
import type { ImportConfiguration } from './configuration.js';
import { keyTargets } from './keys.js';

/** Said of the key as a whole. */
const ABOUT_KEY = new Set(['ambiguous_key', 'duplicate_key', 'key_not_found', 'key_of_other_kind']);
const ABOUT_REP = new Set(['rep_not_found', 'rep_missing', 'rep_without_schedule', 'rep_excluded', 'rep_skipped']);

/**
 * The column in which somebody would look for what a problem says: its own, that of its field, of the one key field, or of
 * the rep. undefined: it is about a constant, a field that no column feeds, or the whole row.
 */
export function columnOf(problem: RowProblem, configuration: ImportConfiguration): string | undefined {
  const { code, column, field } = problem;
  const { mappings, userMapping, entity } = configuration;
  if (column !== undefined) return column;
  if (ABOUT_REP.has(code)) return userMapping?.SourceFieldID;
  const [key, ...more] = ABOUT_KEY.has(code) ? keyTargets(mappings, entitySchema(entity)) : [];
  const target = field ?? (more.length === 0 ? key : undefined);
  return mappings.find(({ TargetFieldID }) => TargetFieldID === target)?.SourceFieldID;
}
