import type { MessageEvent } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@muster/contracts';
import { LOOK_MS, progressEvents, type Look } from './progress-events.js';

const at = (version: number, state = 'running'): Look => ({ version, body: { state } });

/** Plays looks one after the other, each after its time. */
function player(...looks: { after?: number; gives: Look | Error }[]) {
  const look = vi.fn(async () => {
    const next = looks.shift();
    if (!next) throw new Error('Nobody should look any more');
    if (next.after) await new Promise((resolve) => setTimeout(resolve, next.after));
    if (next.gives instanceof Error) throw next.gives;
    return next.gives;
  });
  return look;
}

function watch(first: Look, look: () => Promise<Look>, seen = 0) {
  const seenBy = { events: [] as string[], ended: false, error: undefined as unknown };
  progressEvents(first, look, seen).subscribe({
    next: ({ id, type }: MessageEvent) => seenBy.events.push(`${type} ${id}`),
    error: (error: unknown) => (seenBy.error = error),
    complete: () => (seenBy.ended = true),
  });
  return seenBy;
}

describe('progressEvents', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('tells each change once, then the end', async () => {
    const look = player({ gives: at(1) }, { gives: at(3) }, { gives: at(4, 'completed') });
    const watcher = watch(at(1), look);
    await vi.advanceTimersByTimeAsync(10 * LOOK_MS);
    expect(watcher).toEqual({ events: ['progress 1', 'progress 3', 'finished 4'], ended: true, error: undefined });
    expect(look).toHaveBeenCalledTimes(3);
  });

  it('tells who comes back what is newer only', async () => {
    const watcher = watch(at(5), player({ gives: at(5) }, { gives: at(6, 'aborted') }), 5);
    await vi.advanceTimersByTimeAsync(10 * LOOK_MS);
    expect(watcher.events).toEqual(['finished 6']);
  });

  it('does not look at what has ended already', async () => {
    const look = player();
    expect(watch(at(9, 'failed'), look)).toEqual({ events: ['finished 9'], ended: true, error: undefined });
    expect(look).not.toHaveBeenCalled();
  });

  it('waits for a look that takes longer than the interval', async () => {
    const look = player({ after: 4 * LOOK_MS, gives: at(2) }, { after: 4 * LOOK_MS, gives: at(3, 'completed') });
    const watcher = watch(at(1), look);
    await vi.advanceTimersByTimeAsync(12 * LOOK_MS);
    expect(watcher.events).toEqual(['progress 1', 'progress 2', 'finished 3']);
  });

  it.each([
    ['the database is away', Object.assign(new Error('no'), { code: 'ECONNREFUSED' })],
    ['no connection comes free', new Problem('service_unavailable')],
  ])('looks again when %s', async (_name, error) => {
    const watcher = watch(at(1), player({ gives: error }, { gives: error }, { gives: at(2, 'completed') }));
    await vi.advanceTimersByTimeAsync(10 * LOOK_MS);
    expect(watcher).toEqual({ events: ['progress 1', 'finished 2'], ended: true, error: undefined });
  });

  it('ends with an error that does not pass', async () => {
    const gone = new Problem('import_not_found');
    const watcher = watch(at(1), player({ gives: gone }));
    await vi.advanceTimersByTimeAsync(10 * LOOK_MS);
    expect(watcher).toEqual({ events: ['progress 1'], ended: false, error: gone });
  });
});
