/**
 * How long a test waits for what must come: so long that no loaded machine is too slow. Who waits in vain has failed anyway.
 * `expect.poll` knows it by vitest.config.ts, `vi.waitFor` and `vi.waitUntil` (preset: a second) have to be told.
 */
export const PATIENT = { timeout: 300_000, interval: 50 } as const;
