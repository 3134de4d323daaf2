import type { ImportCounters } from '@muster/contracts';
import type { ImportState } from '../imports/import-state.js';

/** How far a phase was at a moment: bytes of the file while it is staged, else rows that have their answer. */
interface Mark {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly done: number;
}

/** What the speed of the present phase is told from: how far it was some time ago, and lately. */
export interface Pace {
  readonly earlier: Mark;
  readonly later: Mark;
}

/** What of an import tells how far its present phase is. */
export interface PhaseFacts {
  readonly state: ImportState;
  readonly bytesRead: number;
  readonly plan: ImportCounters | null;
  readonly counters: ImportCounters;
  readonly pace: Pace | null;
}

/** Speed is that of the last one to two of these: old enough to be steady, young enough to be true. */
const SPAN_MS = 10_000;
/** Before it, nobody knows how fast it goes. */
const TOO_SOON_MS = 1_000;

export function isUnderWay(state: ImportState): boolean {
  return state === 'staging' || state === 'planning' || state === 'running';
}

export function doneOf({ state, bytesRead, plan, counters }: Omit<PhaseFacts, 'pace'>): number {
  if (state === 'staging') return bytesRead;
  const { read, unprocessed } = (state === 'planning' ? plan : null) ?? counters;
  return read - unprocessed;
}

export function startPace(now: Date, done: number): Pace {
  const mark = { at: now.getTime(), done };
  return { earlier: mark, later: mark };
}

/** As the phase gets on. */
export function nextPace(pace: Pace, now: Date, done: number): Pace {
  const mark = { at: now.getTime(), done };
  return mark.at - pace.later.at < SPAN_MS ? pace : { earlier: pace.later, later: mark };
}

/** The pace of an import after a change of it: a phase that begins, or begins anew, has none of the one before. */
export function paceAfter(before: PhaseFacts, after: PhaseFacts, begins: boolean, now: Date): Pace | null {
  if (!isUnderWay(after.state)) return null;
  const done = doneOf(after);
  if (begins || before.state !== after.state || !before.pace || done < before.pace.later.done) {
    return startPace(now, done);
  }
  return nextPace(before.pace, now, done);
}

export interface Speed {
  readonly rowsPerSecond: number | null;
  readonly secondsLeft: number | null;
}

const UNKNOWN: Speed = { rowsPerSecond: null, secondsLeft: null };

/** What a phase has still to do, in what `done` counts, and how many rows one of these is. */
export interface Remainder {
  readonly left: number;
  readonly rowsEach: number;
}

/** How fast the present phase goes, and how long it will still take if it goes on so. */
export function speedOf(facts: PhaseFacts, { left, rowsEach }: Remainder, now: Date): Speed {
  if (!isUnderWay(facts.state) || !facts.pace) return UNKNOWN;
  const { earlier } = facts.pace;
  const elapsed = now.getTime() - earlier.at;
  const gained = doneOf(facts) - earlier.done;
  if (elapsed < TOO_SOON_MS || gained <= 0) return UNKNOWN;
  const perSecond = (gained / elapsed) * 1000;
  return {
    rowsPerSecond: Math.round(perSecond * rowsEach * 10) / 10,
    secondsLeft: Math.ceil(Math.max(0, left) / perSecond),
  };
}
