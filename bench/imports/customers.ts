import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customerHeader, customerMapping, customerRows, sampleRepEmail } from '@muster/testing';
import { startCluster } from '../../services/standalone/src/cluster/cluster.js';
import { post } from '../../services/standalone/src/demo/http.js';
import { bareLoader } from './bare-loader.js';
import { makeBenchCompany } from './company.js';
import { importFile, printRate, writeTable } from './import-file.js';
import { peakMemory } from '../peak-memory.js';

/**
 * Rows per second of a whole import, from upload to final state, on five services with Kafka, against a bare loader that
 * runs before and after it on the same machine and the same PostgreSQL; and the peak memory of the import service.
 * Usage: npm run bench -- import [rows] [reps]
 */
export async function benchImport(rows: number, reps: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  const file = join(folder, 'customers.csv');
  await writeTable(file, [customerHeader(), ...customerRows({ rows, reps, seed: 1 })]);
  const cluster = await startCluster({ folder, port: 0, logLevel: 'warn' });
  try {
    const scopes = ['imports:read', 'imports:write'];
    const { token, apiKey } = await makeBenchCompany(cluster, folder, { rows, licences: reps, scopes });
    for (let no = 1; no <= reps; no++) await post(`${cluster.url}/v1/users`, token, benchRep(no));
    const before = await bareLoader(cluster.database.adminUrl, file);
    const first = await importFile(cluster, apiKey, file, customerMapping());
    const repeat = await importFile(cluster, apiKey, file, customerMapping());
    const after = await bareLoader(cluster.database.adminUrl, file);
    const baseline = (2 * rows) / (before.seconds + after.seconds);
    const memory = await peakMemory(cluster.services.import.pid);
    process.stdout.write(
      `\n${rows.toLocaleString('en')} rows x ${customerHeader().length} columns over ${reps} reps\n`,
    );
    printRate('bare loader (mean of before and after)', baseline);
    printRate(`first load (${first.counters})`, rows / first.seconds, rows / first.seconds / baseline);
    printRate(`repeat (${repeat.counters})`, rows / repeat.seconds, rows / repeat.seconds / baseline);
    process.stdout.write(`peak memory of the import service             ${memory} MB\n`);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A rep of a benchmark, as a body of `POST /v1/users`. */
export function benchRep(no: number): object {
  const email = sampleRepEmail(no);
  const names = { firstName: 'Rep', lastName: String(no) };
  return { email, ...names, kind: 'staff', authorizationLevel: 0, hasOwnSchedule: true };
}
