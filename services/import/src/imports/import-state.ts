import type { ImportCounters } from '@muster/contracts';

export const IMPORT_STATES = [
  'draft',
  'staging',
  'staged',
  'planning',
  'planned',
  'running',
  'completed',
  'completedWithErrors',
  'failed',
  'aborted',
  'cancelled',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export type FinalState = Extract<ImportState, 'completed' | 'completedWithErrors' | 'failed' | 'aborted' | 'cancelled'>;
export type ImportCommand = 'configure' | 'assign' | 'stage' | 'plan' | 'run' | 'abort' | 'resume' | 'cancel';

/** From which states a person or connector may give which command. */
const ALLOWED: Record<ImportCommand, readonly ImportState[]> = {
  configure: ['draft', 'staged', 'planned'],
  assign: ['staged', 'planned'],
  stage: ['draft', 'staged', 'planned'],
  plan: ['draft', 'staged', 'planned'],
  run: ['draft', 'staged', 'planned'],
  abort: ['staging', 'planning', 'running'],
  resume: ['aborted', 'failed'],
  cancel: ['draft', 'staged', 'planned'],
};

export function allows(state: ImportState, command: ImportCommand): boolean {
  return ALLOWED[command].includes(state);
}

export function commandsOf(state: ImportState): ImportCommand[] {
  return (Object.keys(ALLOWED) as ImportCommand[]).filter((command) => allows(state, command));
}

export function isFinal(state: ImportState): state is FinalState {
  return ['completed', 'completedWithErrors', 'failed', 'aborted', 'cancelled'].includes(state);
}

/** How a run ended, told from what became of its rows. */
export function finalStateOf(counters: ImportCounters, ended: 'atEnd' | 'aborted' | 'refused'): FinalState {
  if (ended === 'refused') return 'failed';
  if (ended === 'aborted' && counters.unprocessed > 0) return 'aborted';
  return counters.invalid + counters.failed > 0 ? 'completedWithErrors' : 'completed';
}

export function errorsOf({ invalid, failed }: ImportCounters): number {
  return invalid + failed;
}

/** Whether so many rows are invalid or failed that the run stops, like an abort. */
export function tooManyErrors(counters: ImportCounters, errorsBefore: number, maxErrors: number | undefined): boolean {
  return maxErrors !== undefined && errorsOf(counters) - errorsBefore > maxErrors;
}
