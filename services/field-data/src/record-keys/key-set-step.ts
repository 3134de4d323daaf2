import type { KeySet } from './key-set.entity.js';

/** Days after which a key set that no import needed is taken away: it costs with every record written. */
const UNUSED_DAYS = 90;
const DAY_MS = 86_400_000;

/** What is to be done next with a key set. */
export type KeySetStep = 'fill' | 'begin filling' | 'wait' | 'leave' | 'take away' | 'none';

/**
 * A transaction that does not know yet that the state has changed may still write. So a change of state is followed by a
 * wait until those have ended: `since` is the number of the first that certainly knows.
 * @param oldest number of the oldest transaction that is still running
 */
export function keySetStep({ state, since, usedAt }: KeySet, oldest: number, now: Date): KeySetStep {
  if (state === 'new') return 'begin filling';
  if (state === 'ready') return isUnused(usedAt, now) ? 'leave' : 'none';
  if (oldest < (since ?? 0)) return 'wait';
  return state === 'filling' ? 'fill' : 'take away';
}

/** When a key set must have been used to stay. */
export function unusedBefore(now: Date): Date {
  return new Date(now.getTime() - UNUSED_DAYS * DAY_MS);
}

function isUnused(usedAt: Date, now: Date): boolean {
  return usedAt < unusedBefore(now);
}
