import type { ImportCounters } from '@muster/contracts';

export const IMPORT_STATES = [
  'draft',
  'staging',
  'staged',
  'planning',
  'planned',
  'awaitingApproval',
  'scheduled',
  'running',
  'paused',
  'completed',
  'completedWithErrors',
  'failed',
  'aborted',
  'cancelled',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export type FinalState = Extract<ImportState, 'completed' | 'completedWithErrors' | 'failed' | 'aborted' | 'cancelled'>;
export type ImportCommand =
  'configure' | 'assign' | 'stage' | 'plan' | 'run' | 'abort' | 'approve' | 'resume' | 'cancel' | 'skip';

/** What of an import tells what may be done with it. */
export interface ImportStanding {
  readonly state: ImportState;
  readonly startedAt: Date | null;
  readonly problem: { readonly code: string } | null;
}

/** From which states a person or connector may give which command. */
const ALLOWED: Record<ImportCommand, readonly ImportState[]> = {
  configure: ['draft', 'staged', 'planned', 'paused', 'scheduled'],
  assign: ['staged', 'planned', 'paused'],
  stage: ['draft', 'staged', 'planned', 'paused'],
  plan: ['draft', 'staged', 'planned', 'paused'],
  run: ['draft', 'staged', 'planned', 'paused', 'scheduled'],
  skip: ['staged', 'planned', 'paused'],
  approve: ['awaitingApproval'],
  abort: ['staging', 'planning', 'running'],
  resume: ['aborted', 'failed'],
  cancel: ['draft', 'staged', 'planned', 'awaitingApproval', 'paused', 'scheduled'],
};

export function allows(state: ImportState, command: ImportCommand): boolean {
  return ALLOWED[command].includes(state);
}

export function commandsOf(state: ImportState): ImportCommand[] {
  return (Object.keys(ALLOWED) as ImportCommand[]).filter((command) => allows(state, command));
}

/** All or nothing was asked for and not all could be had: such a run has ended before it wrote anything. */
export function wasRefused({ state, problem }: Pick<ImportStanding, 'state' | 'problem'>): boolean {
  return state === 'failed' && problem?.code === 'rows_invalid';
}

/** Whether rows of a run are left that another run could try; a run that never began has none to resume. */
export function mayResume(job: ImportStanding): boolean {
  return allows(job.state, 'resume') && job.startedAt !== null && !wasRefused(job);
}

export function isFinal(state: ImportState): state is FinalState {
  return ['completed', 'completedWithErrors', 'failed', 'aborted', 'cancelled'].includes(state);
}

/**
 * How a run ended, told from what became of its rows.
 * @param ended `stopped`: for too many errors, which is told even where no row was left
 */
export function finalStateOf(counters: ImportCounters, ended: 'atEnd' | 'aborted' | 'stopped' | 'refused'): FinalState {
  if (ended === 'refused') return 'failed';
  if (ended === 'stopped') return 'aborted';
  if (ended === 'aborted' && counters.unprocessed > 0) return 'aborted';
  return counters.invalid + counters.failed > 0 ? 'completedWithErrors' : 'completed';
}

export function errorsOf({ invalid, failed }: ImportCounters): number {
  return invalid + failed;
}
