import { describe, expect, it } from 'vitest';
import type { ImportConfiguration, StartAt } from '@muster/import-model';
import { mayWrite, nightStep, startAtOf, waitsBehind, type Others, type Waiter } from './turn.js';

const NOBODY: Others = { running: null, awaiting: null, queued: null };
const now = new Date('2026-11-23T02:00Z');
const later = new Date('2026-11-23T04:00Z');

function job(more: Partial<Waiter> = {}, mode = 'sync', startAt?: StartAt): Waiter {
  const configuration = { mode, options: { ...(startAt && { startAt }) } } as ImportConfiguration;
  return { unattended: true, queued: false, approvedBy: null, startAt: null, configuration, ...more };
}

describe('a run', () => {
  it.each<[string, Waiter, Partial<Others>, string | undefined]>([
    ['has its turn', job(), {}, undefined],
    ['waits behind one that awaits approval', job(), { awaiting: 'a', queued: 'q' }, 'a'],
    ['waits behind those who wait', job(), { queued: 'q' }, 'q'],
    ['does not wait for one that writes', job(), { running: 'r' }, undefined],
    ['waits for it once it has waited', job({ queued: true }), { running: 'r' }, 'r'],
    ['waits again when another awaits approval', job({ queued: true }), { awaiting: 'a' }, 'a'],
    ['does not wait when somebody looks at it', job({ unattended: false }), { awaiting: 'a' }, undefined],
    ['does not wait when it removes nobody', job({}, 'upsert'), { awaiting: 'a' }, undefined],
    ['does not wait when it was approved', job({ approvedBy: 'user:1' }), { awaiting: 'a' }, undefined],
  ])('%s', (_name, waiter, others, behind) => {
    expect(waitsBehind(waiter, { ...NOBODY, ...others })).toBe(behind);
  });

  it.each<[StartAt | null, StartAt | undefined, StartAt]>([
    [null, undefined, 'now'],
    [null, 'nightWindow', 'nightWindow'],
    ['now', 'nightWindow', 'now'],
    ['nightWindow', undefined, 'nightWindow'],
  ])('told %s, configured %s, begins %s', (startAt, configured, begins) => {
    expect(startAtOf(job({ startAt }, 'sync', configured))).toBe(begins);
  });

  it.each<[string, StartAt, Date | null, string | null, boolean]>([
    ['at once', 'now', null, null, true],
    ['not before its night', 'nightWindow', null, null, false],
    ['in its night', 'nightWindow', later, null, true],
    ['not when its night is over', 'nightWindow', now, null, false],
    ['not beside another', 'nightWindow', later, 'r', false],
  ])('writes %s', (_name, startAt, windowUntil, running, may) => {
    expect(mayWrite({ ...job({ startAt }), windowUntil }, { running }, now)).toBe(may);
  });
});

describe('a scheduled run', () => {
  const night = { start: new Date('2026-11-23T00:00Z'), end: later };

  it('begins in its night', () => {
    expect(nightStep(now, night, false)).toEqual({ begins: true, windowUntil: later });
  });

  it('lets others go first', () => {
    const step = { begins: false, scheduledFor: night.start, lookAt: new Date('2026-11-23T02:00:10Z') };
    expect(nightStep(now, night, true)).toEqual(step);
  });

  it.each([
    // Time zone and night may change before.
    ['2026-11-22T12:00Z', '2026-11-22T12:10Z'],
    ['2026-11-22T23:59Z', '2026-11-23T00:00Z'],
  ])('is looked at again at %s', (at, lookAt) => {
    const step = { begins: false, scheduledFor: night.start, lookAt: new Date(lookAt) };
    expect(nightStep(new Date(at), night, false)).toEqual(step);
  });
});
