import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { customerMapping } from '@muster/testing';
import type { TableFormat } from '@muster/tabular';
import { projectRoot } from '../../services/standalone/src/cluster/service-process.js';
import { startCluster } from '../../services/standalone/src/cluster/cluster.js';
import { makeBenchCompany, makeReps } from './company.js';
import { writeCustomers } from './customer-file.js';
import { peakMemory } from '../peak-memory.js';

const FORMATS: readonly TableFormat[] = ['csv', 'xlsx', 'ods'];
const REPS = 50;
/** Of the command: without a limit Node lets garbage lie. */
const HEAP_MB = 96;

/**
 * The command `muster import` with a file of each format, as far as the plan, and its file of results in the same format: time
 * of both, and its own peak memory, with a small heap.
 * Usage: npm run bench -- import-command [rows]
 */
export async function benchImportCommand(rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  const cluster = await startCluster({ folder, port: 0, logLevel: 'warn' });
  try {
    const scopes = ['imports:read', 'imports:write', 'company:read'];
    const { token, apiKey } = await makeBenchCompany(cluster, folder, { rows, licences: REPS, scopes });
    await makeReps(cluster, token, REPS);
    await writeFile(join(folder, 'c.importcfg'), JSON.stringify(customerMapping()));
    for (const format of FORMATS) {
      await writeCustomers(join(folder, `customers.${format}`), format, rows, REPS);
      const { planned, results, peak } = await runCommand(folder, format, cluster.url, apiKey);
      process.stdout.write(
        `${rows} rows, ${format}: sent and planned in ${planned} s, results in ${results} s, ${peak} MB\n`,
      );
    }
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function runCommand(folder: string, format: TableFormat, url: string, apiKey: string) {
  const command = join(projectRoot(), 'services/cli/muster.mjs');
  const args = [
    `--max-old-space-size=${HEAP_MB}`,
    command,
    'import',
    `customers.${format}`,
    '--configuration',
    'c.importcfg',
    '--then',
    'plan',
  ];
  const env = { ...process.env, MUSTER_URL: url, MUSTER_TOKEN: apiKey };
  const began = performance.now();
  const seconds = (from: number): string => ((performance.now() - from) / 1000).toFixed(1);
  const child = spawn(process.execPath, [...args, '--results', `results.${format}`, '--json'], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] }); // prettier-ignore
  const ended = once(child, 'exit');
  let [planned, results, peak, plannedAt] = ['', '', '', 0];
  for await (const line of createInterface(child.stdout)) {
    const step = JSON.parse(line) as { event: string; state?: string };
    if (step.event === 'state' && step.state === 'planned') [planned, plannedAt] = [seconds(began), performance.now()];
    if (step.event === 'results') [results, peak] = [seconds(plannedAt), await peakMemory(child.pid)];
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`muster import ended with code ${String(code)}`);
  return { planned, results, peak };
}
