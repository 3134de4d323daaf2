import { readFile, readdir } from 'node:fs/promises';
import pg from 'pg';
import { SERVICES } from '@muster/contracts';
import type { Cluster } from '../../services/standalone/src/cluster/cluster.js';

const TICKS_PER_SECOND = 100;
const LOOK_MS = 500;

/** Seconds of processor time by who used it: a service, its connections to PostgreSQL, all else of PostgreSQL, Kafka. */
export type ProcessorTimes = ReadonlyMap<string, number>;

export interface Meter {
  /** Since the last time it was asked. */
  lap(): Promise<ProcessorTimes>;
  stop(): Promise<void>;
}

interface Process {
  readonly parent: number;
  readonly name: string;
  readonly seconds: number;
}

/** Watches the processes of a cluster; Linux only. What says more than the time of a machine that others use too. */
export async function startMeter(cluster: Cluster): Promise<Meter> {
  const client = new pg.Client({ connectionString: cluster.database.adminUrl });
  await client.connect();
  const services = new Map(SERVICES.map((name) => [cluster.services[name].pid, name as string]));
  // What a process had used when it was last seen: a connection that is closed is seen no more.
  const used = new Map<string, { readonly who: string; readonly seconds: number }>();
  const look = async () => {
    const { rows } = await client.query<{ pid: number; who: string | null }>(
      `select pid, case when application_name like 'muster-%' then 'postgres of ' || substr(application_name, 8) end as who
         from pg_stat_activity`,
    );
    const backends = new Map(rows.map(({ pid, who }) => [pid, who ?? 'postgres by itself']));
    for (const [pid, { parent, name, seconds }] of await processes()) {
      const kafka = name === 'java' && parent === process.pid ? 'kafka' : undefined;
      const who = services.get(pid) ?? backends.get(pid) ?? kafka;
      if (who !== undefined) used.set(String(pid), { who, seconds });
    }
  };
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_MS);
  const total = () => {
    const sums = new Map<string, number>();
    for (const { who, seconds } of used.values()) sums.set(who, (sums.get(who) ?? 0) + seconds);
    return sums;
  };
  let before = new Map<string, number>();
  return {
    async lap() {
      await look();
      const [since, now] = [before, total()];
      before = now;
      return new Map([...now].map(([who, seconds]) => [who, seconds - (since.get(who) ?? 0)]));
    },
    async stop() {
      clearInterval(timer);
      await client.end();
    },
  };
}

async function processes(): Promise<Map<number, Process>> {
  const found = new Map<number, Process>();
  for (const name of await readdir('/proc')) {
    const pid = Number(name);
    const stat = Number.isInteger(pid) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : '';
    // The name stands in brackets and may hold blanks.
    const parsed = /^\d+ \((.*)\) \S (\d+) (?:\S+ ){9}(\d+) (\d+)/s.exec(stat);
    if (!parsed) continue;
    const [, command = '', parent, user, system] = parsed;
    const seconds = (Number(user) + Number(system)) / TICKS_PER_SECOND;
    found.set(pid, { parent: Number(parent), name: command, seconds });
  }
  return found;
}
