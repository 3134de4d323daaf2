/**
 * planning: it is being worked out what would become of each account; planned: it waits for somebody to run it;
 * awaitingApproval: the guard stopped it, and it waits for somebody to approve it; the rest explains itself.
 */
export const MASS_CHANGE_STATES = [
  'planning',
  'planned',
  'awaitingApproval',
  'running',
  'completed',
  'completedWithErrors',
  'cancelled',
  'failed',
] as const;
export type MassChangeState = (typeof MASS_CHANGE_STATES)[number];

/** States in which something is done without anybody's doing. */
export const ACTIVE_STATES = ['planning', 'running'] as const satisfies readonly MassChangeState[];

export type MassChangeCommand = 'run' | 'approve' | 'cancel';

const ALLOWED: Readonly<Record<MassChangeCommand, readonly MassChangeState[]>> = {
  run: ['planned'],
  approve: ['awaitingApproval'],
  cancel: ['planning', 'planned', 'awaitingApproval', 'running'],
};

export function mayCommand(command: MassChangeCommand, state: MassChangeState): boolean {
  return ALLOWED[command].includes(state);
}

export function commandsOf(state: MassChangeState): MassChangeCommand[] {
  return (['run', 'approve', 'cancel'] as const).filter((command) => mayCommand(command, state));
}
