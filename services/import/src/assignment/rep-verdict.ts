import type { RowOutcome } from '@muster/contracts';

/**
 * `found`: an account with its own schedule. `caseOnly`: no hit, but an account differs in letter case alone.
 * `missing`: the cell is empty. `unresolved`: not asked yet. `company`: the rows are the company's, not a rep's.
 */
export const REP_STATUSES = [
  'unresolved',
  'company',
  'found',
  'notFound',
  'caseOnly',
  'withoutSchedule',
  'missing',
] as const;
export type RepStatus = (typeof REP_STATUSES)[number];

/**
 * `waiting`: nobody has tried its rows; `running`: they are those of the present run, or of one that was stopped; `done`: each
 * has its outcome; `skipped`: somebody passed the rep over.
 */
export const REP_PROGRESSES = ['waiting', 'running', 'done', 'skipped'] as const;
export type RepProgress = (typeof REP_PROGRESSES)[number];

export interface RepVerdict {
  readonly outcome: Extract<RowOutcome, 'invalid' | 'ignored'>;
  readonly code: string;
}

/** What becomes of all rows of a value whatever they hold; undefined when they go to the owner. */
export function repVerdict(
  rep: { status: RepStatus; excluded: boolean; progress: RepProgress },
  unknownReps: 'refuse' | 'ignore',
): RepVerdict | undefined {
  if (rep.progress === 'skipped') return { outcome: 'ignored', code: 'rep_skipped' };
  if (rep.excluded) return { outcome: 'ignored', code: 'rep_excluded' };
  switch (rep.status) {
    case 'found':
    case 'company':
      return undefined;
    case 'notFound':
    case 'caseOnly':
      return { outcome: unknownReps === 'ignore' ? 'ignored' : 'invalid', code: 'rep_not_found' };
    case 'withoutSchedule':
      return { outcome: 'invalid', code: 'rep_without_schedule' };
    case 'missing':
      return { outcome: 'invalid', code: 'rep_missing' };
    case 'unresolved':
      throw new Error('The reps of the import have not been resolved');
  }
}
