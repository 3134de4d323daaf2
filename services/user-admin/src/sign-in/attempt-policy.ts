const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** After how many failures one waits first, how long then, doubled with each, and when all is forgotten. */
export interface CounterPolicy {
  readonly free: number;
  readonly firstWaitMs: number;
  readonly longestWaitMs: number;
  readonly forgottenAfterMs: number;
}

/** Each attempt counts in three counters, see docs/adr/0012. */
export const POLICIES = {
  /** Of one name, from one network. */
  pair: { free: 5, firstWaitMs: 15 * SECOND_MS, longestWaitMs: 15 * MINUTE_MS, forgottenAfterMs: DAY_MS },
  /** Of any name, from one network in which the name has never succeeded. */
  network: { free: 100, firstWaitMs: 10 * SECOND_MS, longestWaitMs: 5 * MINUTE_MS, forgottenAfterMs: HOUR_MS },
  /** Of one name, from all networks in which it has never succeeded. */
  name: { free: 50, firstWaitMs: 5 * SECOND_MS, longestWaitMs: 15 * MINUTE_MS, forgottenAfterMs: DAY_MS },
} as const satisfies Record<string, CounterPolicy>;

/** Of a name in a network where it has succeeded: several services may hand on the right password at the same time. */
const KNOWN_PAIR: CounterPolicy = { ...POLICIES.pair, free: 10 };

export type CounterKind = keyof typeof POLICIES;
export const COUNTER_KINDS: readonly CounterKind[] = ['pair', 'network', 'name'];

/** How long a network counts as known after a person has signed in from there. */
export const KNOWN_FOR_MS = 90 * DAY_MS;

export interface Counter {
  readonly failures: number;
  readonly failedAt: Date | null;
  readonly blockedUntil: Date | null;
  /** When an attempt succeeded last; kept for pairs only. */
  readonly succeededAt: Date | null;
}

export type Counters = Readonly<Record<CounterKind, Counter>>;

export type AttemptVerdict =
  | { readonly allowed: false; readonly retryAfterSeconds: number }
  /** The counters as they are once the attempt has failed; it counts as failed until it has succeeded. */
  | { readonly allowed: true; readonly counters: Partial<Counters> };

/** Whether somebody may try now. Where the name has succeeded before, what others do elsewhere does not count. */
export function attemptVerdict(counters: Counters, now: Date): AttemptVerdict {
  const { succeededAt } = counters.pair;
  const known = succeededAt !== null && now.getTime() - succeededAt.getTime() < KNOWN_FOR_MS;
  const kinds: readonly CounterKind[] = known ? ['pair'] : COUNTER_KINDS;
  const waitMs = Math.max(...kinds.map((kind) => (counters[kind].blockedUntil?.getTime() ?? 0) - now.getTime()));
  if (waitMs > 0) return { allowed: false, retryAfterSeconds: Math.ceil(waitMs / 1000) };
  return {
    allowed: true,
    counters: Object.fromEntries(
      kinds.map((kind) => [kind, afterFailure(counters[kind], known ? KNOWN_PAIR : POLICIES[kind], now)]),
    ),
  };
}

function afterFailure(counter: Counter, policy: CounterPolicy, now: Date): Counter {
  const since = counter.failedAt === null ? Infinity : now.getTime() - counter.failedAt.getTime();
  const failures = (since < policy.forgottenAfterMs ? counter.failures : 0) + 1;
  const waits = failures - policy.free;
  const wait = waits < 0 ? 0 : Math.min(policy.firstWaitMs * 2 ** waits, policy.longestWaitMs);
  return { ...counter, failures, failedAt: now, blockedUntil: wait > 0 ? new Date(now.getTime() + wait) : null };
}
