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

type Counters = Record<string, number>;

export interface Job {
  id: string;
  state: string;
  counters: Counters;
  plan: Counters | null;
  problem: unknown;
}

export interface TimedImport {
  readonly seconds: number;
  /** `100000 created`; of a sync also what went: `50000 unchanged; absent: 50000 removed`. */
  readonly counters: string;
}

/** Looks at an import that is under way. */
export interface Watch {
  readonly everyMs: number;
  look(job: Job): void;
}

const UNWATCHED: Watch = { everyMs: LOOK_MS, look: () => undefined };

/** Writes rows as CSV with semicolons. */
export async function writeTable(file: string, rows: Iterable<readonly string[]>): Promise<void> {
  function* lines(): Generator<string> {
    for (const row of rows) yield formatCsvRow(row, { delimiter: ';' });
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

/** Imports a file, from the upload to the final state. @throws Error unless it is `completed`, and every row has one outcome */
export async function importFile(
  cluster: Cluster,
  token: string,
  file: string,
  configuration: object,
  watch?: Watch,
): Promise<TimedImport> {
  const began = performance.now();
  const { id } = await startImport(cluster, token, file, configuration);
  const job = await untilState(cluster, token, id, 'completed', watch);
  return { seconds: (performance.now() - began) / 1000, counters: countersText(job.counters) };
}

/** What a sync counts of those who are absent is no outcome of a row. */
function countersText({ read = 0, removed = 0, deactivated = 0, ...outcomes }: Counters): string {
  const sum = Object.values(outcomes).reduce((total, count) => total + count, 0);
  if (sum !== read) throw new Error(`${read} rows were read, and ${sum} have an outcome`);
  const gone = textOf({ removed, deactivated });
  return gone === '' ? textOf(outcomes) : `${textOf(outcomes)}; absent: ${gone}`;
}

function textOf(counts: Counters): string {
  const above = Object.entries(counts).filter(([, count]) => count > 0);
  return above.map(([name, count]) => `${count} ${name}`).join(', ');
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
export async function untilState(
  cluster: Cluster,
  token: string,
  id: string,
  state: string,
  watch = UNWATCHED,
): Promise<Job> {
  for (;;) {
    const job = await get<Job>(`${cluster.url}/v1/imports/${id}`, token);
    watch.look(job);
    if (job.state === state) return job;
    if (/^(completed|failed|aborted|cancelled)/.test(job.state)) throw new Error(JSON.stringify(job));
    await setTimeout(watch.everyMs);
  }
}

/** @param ratio to the bare loader */
export function printRate(name: string, rate: number, ratio?: number): void {
  const text = `${name.padEnd(44)} ${Math.round(rate).toLocaleString('en').padStart(8)} rows/s`;
  process.stdout.write(`${text}${ratio === undefined ? '' : `, ratio ${ratio.toFixed(2)}`}\n`);
}
