import type { Import } from './api-types.js';

export const GOALS = ['stage', 'plan', 'run'] as const;
/** How far the import is to go. */
export type Goal = (typeof GOALS)[number];

/** How the command ends; each has an exit code. */
export const ENDINGS = {
  done: 0,
  /** Done, but for rows that are or would be refused. */
  rowsRefused: 1,
  /** Ended without being done. */
  failed: 2,
  /** It goes on by itself or by somebody: for an approval, for the night, between reps. */
  waits: 3,
} as const;
export type Ending = keyof typeof ENDINGS;

export type NextStep =
  | { readonly do: 'wait' }
  | { readonly do: 'command'; readonly command: 'plan' | 'run' }
  | { readonly do: 'end'; readonly ending: Ending };

const WAIT: NextStep = { do: 'wait' };

/** What follows for whoever wants an import, all of whose parts are in, to go so far. */
export function nextStep({ state, plan }: Pick<Import, 'state' | 'plan'>, goal: Goal): NextStep {
  switch (state) {
    case 'draft':
    case 'staged':
      return goal === 'stage' ? end('done') : { do: 'command', command: goal };
    case 'planned':
      if (goal === 'run') return { do: 'command', command: 'run' };
      return end(plan && plan.invalid + plan.failed > 0 ? 'rowsRefused' : 'done');
    case 'staging':
    case 'planning':
    case 'running':
      return WAIT;
    case 'awaitingApproval':
    case 'scheduled':
    case 'paused':
      return end('waits');
    case 'completed':
      return end('done');
    case 'completedWithErrors':
      return end('rowsRefused');
    default:
      return end('failed');
  }
}

/** Whether nothing more becomes of the import: the same file once more is another one. */
export function isOver({ state }: Pick<Import, 'state'>): boolean {
  return ['completed', 'completedWithErrors', 'failed', 'aborted', 'cancelled', 'undone'].includes(state);
}

function end(ending: Ending): NextStep {
  return { do: 'end', ending };
}
