import type { Id } from '@muster/contracts';
import type { StartAt } from '@muster/import-model';
import type { ImportJob } from '../imports/import-job.entity.js';
import type { Night } from './night-window.js';

const LOOK_AGAIN_MS = 10 * 60_000;
const BLOCKED_MS = 10_000;

/** Other imports of the company and entity that a run may have to wait for. */
export interface Others {
  readonly running: Id | null;
  /** The first that awaits approval because of the guard. */
  readonly awaiting: Id | null;
  /** The first that waits behind one, or did and does not write yet; of one that waits itself, before it. */
  readonly queued: Id | null;
}

export type Waiter = Pick<ImportJob, 'unattended' | 'queued' | 'approvedBy' | 'startAt' | 'configuration'>;

export function startAtOf({ startAt, configuration }: Pick<Waiter, 'startAt' | 'configuration'>): StartAt {
  return startAt ?? configuration.options.startAt ?? 'now';
}

/**
 * Behind whom a run waits before it is planned or written; undefined: it has its turn. Only a sync that nobody looks at
 * waits: what the guard has stopped once, the next file of the same connector would do too.
 */
export function waitsBehind(job: Waiter, { running, awaiting, queued }: Others): Id | undefined {
  const isHeld = job.unattended && job.configuration.mode === 'sync' && job.approvedBy === null;
  if (!isHeld) return undefined;
  // Who has waited once is not turned away because somebody writes at the moment.
  return awaiting ?? queued ?? (job.queued ? running : null) ?? undefined;
}

/** Whether a run that nothing else forbids may write now, or waits for its night. */
export function mayWrite(
  job: Pick<ImportJob, 'startAt' | 'configuration' | 'windowUntil'>,
  { running }: Pick<Others, 'running'>,
  now: Date,
): boolean {
  if (startAtOf(job) === 'now') return true;
  return job.windowUntil !== null && now < job.windowUntil && running === null;
}

/** What becomes of a scheduled import when somebody looks at it. */
export type NightStep =
  | { readonly begins: true; readonly windowUntil: Date }
  | { readonly begins: false; readonly scheduledFor: Date; readonly lookAt: Date };

/** @param blocked one that was scheduled before it, or any other that writes, comes first */
export function nightStep(now: Date, night: Night, blocked: boolean): NightStep {
  if (night.start <= now && !blocked) return { begins: true, windowUntil: night.end };
  const wait = night.start <= now ? BLOCKED_MS : Math.min(LOOK_AGAIN_MS, night.start.getTime() - now.getTime());
  return { begins: false, scheduledFor: night.start, lookAt: new Date(now.getTime() + wait) };
}
