import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  COUNTER_KINDS,
  KNOWN_FOR_MS,
  POLICIES,
  type Counter,
  type CounterKind,
  type Counters,
} from './attempt-policy.js';

/** What an attempt is counted by, for each counter. */
export type CounterKeys = Readonly<Record<CounterKind, string>>;

/** Digests, because people also type their password where the name belongs. */
export function counterKeys(company: string, name: string, network: string): CounterKeys {
  return {
    pair: digest('pair', company, name, network),
    network: digest('network', network),
    name: digest('name', company, name),
  };
}

function digest(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

/** For units of work of the worker: names that nobody has are counted like others. */
@Injectable()
export class AttemptsRepository {
  /** The counters; nobody else changes them until the unit of work ends. */
  async lock(manager: EntityManager, keys: CounterKeys, now: Date): Promise<Counters> {
    // In one order, here and below, so that no two attempts wait for each other.
    const ordered = COUNTER_KINDS.map((kind) => keys[kind]).sort();
    await manager.query(
      `insert into sign_in_counter (key, seen_at) select k, $2 from unnest($1::text[]) as k
       on conflict (key) do update set seen_at = excluded.seen_at`,
      [ordered, now],
    );
    const rows = await manager.query<(Counter & { key: string })[]>(
      `select key, failures, failed_at as "failedAt", blocked_until as "blockedUntil", succeeded_at as "succeededAt"
         from sign_in_counter where key = any ($1)`,
      [ordered],
    );
    const found = new Map(rows.map(({ key, ...counter }) => [key, counter]));
    const of = (kind: CounterKind): Counter => found.get(keys[kind]) ?? NEVER;
    return { pair: of('pair'), network: of('network'), name: of('name') };
  }

  async write(manager: EntityManager, keys: CounterKeys, counters: Partial<Counters>): Promise<void> {
    for (const kind of COUNTER_KINDS) {
      const counter = counters[kind];
      if (!counter) continue;
      await manager.query(
        `update sign_in_counter set failures = $2, failed_at = $3, blocked_until = $4 where key = $1`,
        [keys[kind], counter.failures, counter.failedAt, counter.blockedUntil],
      );
    }
  }

  /**
   * The network is known from now on, and what the attempt counted is taken back, but nothing else: who may sign in from a
   * network shall not clear the way for guesses.
   */
  async succeed(manager: EntityManager, keys: CounterKeys, counted: readonly CounterKind[], now: Date): Promise<void> {
    await manager.query(`select 1 from sign_in_counter where key = any ($1) order by key collate "C" for update`, [
      counted.map((kind) => keys[kind]),
    ]);
    await manager.query(
      `update sign_in_counter set failures = 0, blocked_until = null, succeeded_at = $2 where key = $1`,
      [keys.pair, now],
    );
    await manager.query(
      `update sign_in_counter set failures = greatest(failures - 1, 0), blocked_until = null where key = any ($1)`,
      [counted.filter((kind) => kind !== 'pair').map((kind) => keys[kind])],
    );
  }

  /** Counters that no longer count. */
  async prune(manager: EntityManager, now: Date): Promise<void> {
    const before = (ms: number) => new Date(now.getTime() - ms);
    await manager.query(
      `delete from sign_in_counter where key in (
         select key from sign_in_counter where seen_at < $1 and (succeeded_at is null or succeeded_at < $2)
            for update skip locked)`,
      [before(POLICIES.pair.forgottenAfterMs), before(KNOWN_FOR_MS)],
    );
  }
}

const NEVER: Counter = { failures: 0, failedAt: null, blockedUntil: null, succeededAt: null };
