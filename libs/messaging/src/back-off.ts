export interface BackOff {
  readonly firstMs: number;
  readonly limitMs: number;
}

/** Doubles from `firstMs` up to `limitMs`. @param failures how often it has failed before, from 0 */
export function delayAfter(failures: number, { firstMs, limitMs }: BackOff): number {
  return Math.min(limitMs, firstMs * 2 ** Math.min(failures, 30));
}

/** Waits, but no longer than until `signal`: then it rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopped = () => {
      clearTimeout(timer);
      reject(new Stopped());
    };
    if (signal.aborted) return reject(new Stopped());
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stopped);
      resolve();
    }, ms);
    signal.addEventListener('abort', stopped, { once: true });
  });
}

/** Waits for `work`, however it ends, but no longer than `ms`. */
export async function endsWithin(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([Promise.allSettled([work]), limit]);
  clearTimeout(timer);
}

/** Nothing went wrong: the service ends, and what it was about to do is left for the next one. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor() {
    super('stopped');
  }
}
