import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customerMapping } from '@muster/testing';
import type { TableFormat } from '@muster/tabular';
import { startCluster, type Cluster } from '../../services/standalone/src/cluster/cluster.js';
import { get } from '../../services/standalone/src/demo/http.js';
import { makeBenchCompany, makeReps } from './company.js';
import { writeCustomers } from './customer-file.js';
import { fillHistory } from './history.js';
import { peakMemory } from '../peak-memory.js';
import { startImport, untilState } from './import-file.js';

const FORMATS: readonly TableFormat[] = ['csv', 'xlsx', 'ods'];
const REPS = 50;

type Peaks = Map<string, string[]>;

interface Measured {
  readonly cluster: Cluster;
  readonly apiKey: string;
  readonly folder: string;
  readonly peaks: Peaks;
}

/**
 * Peak memory of the import service: staging and planning a file of each format, its plan and its rows downloaded in each
 * format, its rows in pages, and the history of as many imports; for several numbers, which should make no difference. Services
 * of a cluster have small heaps.
 * Usage: npm run bench -- import-memory [rows...]
 */
export async function benchImportMemory(sizes: readonly number[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  const cluster = await startCluster({ folder, port: 0, logLevel: 'warn' });
  try {
    const scopes = ['imports:read', 'imports:write'];
    const rows = Math.max(...sizes);
    const { token, apiKey } = await makeBenchCompany(cluster, folder, { rows, licences: REPS, scopes });
    await makeReps(cluster, token, REPS);
    const peaks: Peaks = new Map();
    const measured: Measured = { cluster, apiKey, folder, peaks };
    let id = '';
    for (const size of sizes) {
      for (const format of FORMATS) id = await measure(measured, format, size);
    }
    for (const size of sizes) await measureHistory(measured, id, size);
    print(sizes, peaks);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns the import that it made */
async function measure(measured: Measured, format: TableFormat, rows: number): Promise<string> {
  const { cluster, apiKey, folder } = measured;
  const file = join(folder, `customers.${format}`);
  await writeCustomers(file, format, rows, REPS);
  const note = await afterRestart(measured, rows);
  const configuration = { ...customerMapping(), options: { validateOnly: true } };
  const { id } = await startImport(cluster, apiKey, file, configuration);
  await untilState(cluster, apiKey, id, 'planned');
  await note(`staged and planned from ${format}`);
  for (const wanted of FORMATS) {
    await download(`${cluster.url}/v1/imports/${id}/plan?format=${wanted}`, apiKey);
    await note(`plan of ${format} as ${wanted}`);
    await download(`${cluster.url}/v1/imports/${id}/results?outcome=unprocessed&format=${wanted}`, apiKey);
    await note(`rows of ${format} as ${wanted}`);
  }
  await readPages(`${cluster.url}/v1/imports/${id}/rows?limit=5000`, apiKey, rows);
  await note(`pages of rows of ${format}`);
  return id;
}

/** With as many imports as there were rows. */
async function measureHistory(measured: Measured, importId: string, imports: number): Promise<void> {
  const { cluster, apiKey } = measured;
  await fillHistory(cluster.database.adminUrl, importId, imports);
  const note = await afterRestart(measured, imports);
  for (const format of FORMATS) {
    await download(`${cluster.url}/v1/imports/export?format=${format}`, apiKey);
    await note(`history as ${format}`);
  }
}

/** A service that has done nothing yet. @returns what notes the peak since the last note, and how long it took */
async function afterRestart({ cluster, peaks }: Measured, size: number): Promise<(what: string) => Promise<void>> {
  const { import: service } = cluster.services;
  await service.kill();
  await service.start();
  await forgetPeak(service.pid);
  let began = performance.now();
  return async (what) => {
    const peak = await peakMemory(service.pid);
    peaks.set(what, [...(peaks.get(what) ?? []), peak]);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    process.stdout.write(`${size} rows, ${what}: ${peak} MB, ${seconds} s\n`);
    await forgetPeak(service.pid);
    began = performance.now();
  };
}

/** All pages, as the command and a results screen read them. */
async function readPages(url: string, apiKey: string, expected: number): Promise<void> {
  let rows = 0;
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: { items: unknown[]; nextCursor: string | null } = await get(
      cursor === '' ? url : `${url}&cursor=${encodeURIComponent(cursor)}`,
      apiKey,
    );
    rows += page.items.length;
    cursor = page.nextCursor;
  }
  if (rows !== expected) throw new Error(`${url}: ${rows} rows`);
}

/** Reads an answer to its end, and keeps nothing of it. */
async function download(url: string, apiKey: string): Promise<void> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${apiKey}` } });
  if (!response.ok || !response.body) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) bytes += chunk.length;
  if (bytes < 1_000) throw new Error(`${url}: ${bytes} bytes`);
}

/** From here on the peak is another one; Linux only. */
async function forgetPeak(pid: number | undefined): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined);
}

function print(sizes: readonly number[], peaks: Peaks): void {
  const cells = (texts: readonly string[]): string => texts.map((text) => text.padStart(14)).join('');
  const lines = [...peaks].map(([what, values]) => `${what.padEnd(28)}${cells(values)}`);
  const head = `${'peak memory, MB'.padEnd(28)}${cells(sizes.map((rows) => `${rows.toLocaleString('en')} rows`))}`;
  process.stdout.write(`\n${[head, ...lines].join('\n')}\n`);
}
