import { createWriteStream, openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { formatCsvRow } from '@muster/tabular';
import type { Cluster } from '../../services/standalone/src/cluster/cluster.js';
import { call, get } from '../../services/standalone/src/demo/http.js';

/** Looking takes time of the processors too. */
const LOOK_MS = 250;

interface Job {
  id: string;
  state: string;
  counters: Record<string, number>;
  problem: unknown;
}

export interface TimedImport {
  readonly seconds: number;
  /** `100000 created`. */
  readonly counters: string;
}

/** Writes rows as CSV with semicolons. */
export async function writeTable(file: string, rows: Iterable<readonly string[]>): Promise<void> {
  function* lines(): Generator<string> {
    for (const row of rows) yield formatCsvRow(row, { delimiter: ';' });
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

/** Imports a file, from the upload to the final state. @throws Error unless it is `completed` */
export async function importFile(
  cluster: Cluster,
  token: string,
  file: string,
  configuration: object,
): Promise<TimedImport> {
  const began = performance.now();
  const { id } = await startImport(cluster, token, file, configuration);
  const job = await untilState(cluster, token, id, 'completed');
  const counts = Object.entries(job.counters).filter(([name, count]) => name !== 'read' && count > 0);
  return {
    seconds: (performance.now() - began) / 1000,
    counters: counts.map(([name, count]) => `${count} ${name}`).join(', '),
  };
}

/** The one call that uploads a file and begins its import. */
export async function startImport(cluster: Cluster, token: string, file: string, configuration: object): Promise<Job> {
  const form = new FormData();
  form.set('configuration', JSON.stringify(configuration));
  form.set('file', await openAsBlob(file), basename(file));
  const headers = { authorization: `Bearer ${token}` };
  return call<Job>(`${cluster.url}/v1/imports`, { method: 'POST', headers, body: form });
}

/** @throws Error when it ends in another state */
export async function untilState(cluster: Cluster, token: string, id: string, state: string): Promise<Job> {
  for (;;) {
    const job = await get<Job>(`${cluster.url}/v1/imports/${id}`, token);
    if (job.state === state) return job;
    if (/^(completed|failed|aborted|cancelled)/.test(job.state)) throw new Error(JSON.stringify(job));
    await setTimeout(LOOK_MS);
  }
}

/** @param ratio to the bare loader */
export function printRate(name: string, rate: number, ratio?: number): void {
  const text = `${name.padEnd(44)} ${Math.round(rate).toLocaleString('en').padStart(8)} rows/s`;
  process.stdout.write(`${text}${ratio === undefined ? '' : `, ratio ${ratio.toFixed(2)}`}\n`);
}
