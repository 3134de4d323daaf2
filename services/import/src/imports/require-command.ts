import { Problem } from '@muster/contracts';
import { checkVersion, type Caller } from '@muster/platform';
import { requireScopeFor } from './account-scope.js';
import type { ImportJob } from './import-job.entity.js';
import { allows, type ImportCommand } from './import-state.js';

/**
 * The caller may give the import this command, and means the import as it is now.
 * @param ifMatch the version that the caller has read; undefined: whichever there is
 * @throws Problem forbidden, version_conflict, import_state
 */
export function requireCommand(
  caller: Pick<Caller, 'role' | 'scopes'>,
  job: Pick<ImportJob, 'entity' | 'state' | 'version'>,
  command: ImportCommand,
  ifMatch?: number,
): void {
  requireScopeFor(job.entity, caller);
  // Before the state, which is another because somebody else did something.
  checkVersion(ifMatch, job.version);
  if (!allows(job.state, command)) throw notIn(job, command);
}

/** A command that takes the reps as they were staged. @throws Problem import_state where they are to be staged anew */
export function requireStaged(job: Pick<ImportJob, 'state' | 'staged'>, command: ImportCommand): void {
  if (!job.staged) throw notIn(job, command);
}

export function notIn({ state }: Pick<ImportJob, 'state'>, command: ImportCommand): Problem {
  return new Problem('import_state', { params: { command, state } });
}
