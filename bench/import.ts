import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout } from 'node:timers/promises';
import { formatCsvRow } from '@muster/tabular';
import { customerHeader, customerMapping, customerRows } from '@muster/testing';
import { startCluster, type Cluster } from '../services/standalone/src/cluster/cluster.js';
import { call, get, post } from '../services/standalone/src/demo/http.js';
import { firstOperatorKey } from '../services/standalone/src/operator-key.js';
import { bareLoader } from './bare-loader.js';
import { peakMemory } from './peak-memory.js';

/**
 * Rows per second of a whole import, from upload to final state, on five services with Kafka, against a bare loader that
 * runs before and after it on the same machine and the same PostgreSQL; and the peak memory of the import service.
 * Usage: npm run bench -- import [rows] [reps]
 */
export async function benchImport(rows: number, reps: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  const file = join(folder, 'customers.csv');
  await writeTable(file, rows, reps);
  const cluster = await startCluster({ folder, port: 0, logLevel: 'warn' });
  try {
    const token = await makeCompany(cluster, folder, rows, reps);
    const before = await bareLoader(cluster.database.adminUrl, file);
    const first = await importFile(cluster, token, file);
    const repeat = await importFile(cluster, token, file);
    const after = await bareLoader(cluster.database.adminUrl, file);
    const baseline = (2 * rows) / (before.seconds + after.seconds);
    const memory = await peakMemory(cluster.services.import.pid);
    const line = (name: string, rate: number, ratio?: number) =>
      process.stdout.write(
        `${name.padEnd(44)} ${Math.round(rate).toLocaleString('en')} rows/s${ratio ? `, ratio ${ratio.toFixed(2)}` : ''}\n`,
      );
    process.stdout.write(
      `\n${rows.toLocaleString('en')} rows x ${customerHeader().length} columns over ${reps} reps\n`,
    );
    line('bare loader (mean of before and after)', baseline);
    line(`first load (${first.counters})`, rows / first.seconds, rows / first.seconds / baseline);
    line(`repeat (${repeat.counters})`, rows / repeat.seconds, rows / repeat.seconds / baseline);
    process.stdout.write(`peak memory of the import service             ${memory} MB\n`);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function writeTable(file: string, rows: number, reps: number): Promise<void> {
  function* lines(): Generator<string> {
    yield formatCsvRow(customerHeader(), { delimiter: ';' });
    for (const row of customerRows({ rows, reps, seed: 1 })) yield formatCsvRow(row, { delimiter: ';' });
  }
  await pipeline(Readable.from(lines()), createWriteStream(file));
}

async function makeCompany(cluster: Cluster, folder: string, rows: number, reps: number): Promise<string> {
  const { secret } = await firstOperatorKey(folder, cluster.database);
  const credentials = { email: 'admin@example.com', password: 'a long enough password' };
  await post(`${cluster.url}/v1/companies`, secret, {
    ...{ name: 'Bench', language: 'en', timeZone: 'Europe/Vienna', country: 'AT', licences: reps },
    ...{ importRowLimit: Math.max(rows, 100_000), importByteLimit: 1024 ** 3 },
    administrator: { ...credentials, firstName: 'Ada', lastName: 'Admin' },
  });
  const { email: username, password } = credentials;
  const form = new URLSearchParams({ grant_type: 'password', company: 'Bench', username, password });
  const { access_token: token } = await call<{ access_token: string }>(`${cluster.url}/v1/auth/token`, {
    method: 'POST',
    body: form,
  });
  for (let no = 1; no <= reps; no++) {
    const email = `rep${String(no).padStart(2, '0')}@example.com`;
    const rep = {
      email,
      firstName: 'Rep',
      lastName: String(no),
      kind: 'staff',
      authorizationLevel: 0,
      hasOwnSchedule: true,
    };
    await post(`${cluster.url}/v1/users`, token, rep);
  }
  const { apiKey } = await post<{ apiKey: string }>(`${cluster.url}/v1/api-keys`, token, {
    name: 'bench',
    scopes: ['imports:read', 'imports:write'],
  });
  return apiKey;
}

interface Job {
  id: string;
  state: string;
  counters: Record<string, number>;
  problem: unknown;
}

async function importFile(
  cluster: Cluster,
  token: string,
  file: string,
): Promise<{ seconds: number; counters: string }> {
  const form = new FormData();
  form.set('configuration', JSON.stringify(customerMapping()));
  form.set('file', await openAsBlob(file), 'customers.csv');
  const headers = { authorization: `Bearer ${token}` };
  const began = performance.now();
  let job = await call<Job>(`${cluster.url}/v1/imports`, { method: 'POST', headers, body: form });
  while (!/^(completed|failed|aborted|cancelled)/.test(job.state)) {
    await setTimeout(100);
    job = await get<Job>(`${cluster.url}/v1/imports/${job.id}`, token);
  }
  if (job.state !== 'completed') throw new Error(JSON.stringify(job));
  const counts = Object.entries(job.counters).filter(([name, count]) => name !== 'read' && count > 0);
  return {
    seconds: (performance.now() - began) / 1000,
    counters: counts.map(([name, count]) => `${count} ${name}`).join(', '),
  };
}
