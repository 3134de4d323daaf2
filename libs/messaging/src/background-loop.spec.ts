import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Logger } from '@nestjs/common';
import { delayAfter } from './back-off.js';
import { BackgroundLoop } from './background-loop.js';
import { Semaphore } from './semaphore.js';

beforeEach(() => {
  vi.useFakeTimers();
  Logger.overrideLogger(false);
});
afterEach(() => {
  vi.useRealTimers();
});

it('works at once, then when woken or after its time, and not after its stop', async () => {
  const work = vi.fn(async () => false);
  const loop = new BackgroundLoop('test', 500, work);
  loop.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(499);
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(work).toHaveBeenCalledTimes(2);
  loop.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(work).toHaveBeenCalledTimes(3);
  await loop.stop();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(work).toHaveBeenCalledTimes(3);
});

it('goes on without a rest while there is more, and after a wake that came during the work', async () => {
  const answers = [true, true, false];
  const work = vi.fn(async () => {
    if (work.mock.calls.length === 3) loop.wake();
    return answers.shift() ?? false;
  });
  const loop = new BackgroundLoop('test', 500, work);
  loop.start();
  await vi.advanceTimersByTimeAsync(0);
  expect(work).toHaveBeenCalledTimes(4);
  await loop.stop();
});

it('goes on after failures, with growing rests that a wake does not cut short', async () => {
  const work = vi.fn(() => Promise.reject(new Error('away')));
  const loop = new BackgroundLoop('test', 10, work);
  loop.start();
  await vi.advanceTimersByTimeAsync(199);
  loop.wake();
  expect(work).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(work).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(400);
  expect(work).toHaveBeenCalledTimes(3);
  await loop.stop();
});

it('doubles a wait up to its limit', () => {
  const waits = [0, 1, 2, 3, 4, 99].map((failures) => delayAfter(failures, { firstMs: 100, limitMs: 1_000 }));
  expect(waits).toEqual([100, 200, 400, 800, 1_000, 1_000]);
});

it('lets only so many work at a time, and hands the place of a failed one on', async () => {
  const semaphore = new Semaphore(2);
  let atWork = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 6 }, (_, n) =>
      semaphore.use(async () => {
        most = Math.max(most, ++atWork);
        await Promise.resolve();
        atWork -= 1;
        if (n % 2) throw new Error('failed');
      }),
    ),
  );
  expect(most).toBe(2);
  expect(results.map(({ status }) => status === 'fulfilled')).toEqual([true, false, true, false, true, false]);
});
