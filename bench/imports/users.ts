import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCluster } from '../../services/standalone/src/cluster/cluster.js';
import { bareLoader } from './bare-loader.js';
import { makeBenchCompany } from './company.js';
import { importFile, printRate, writeTable, type TimedImport } from './import-file.js';
import { peakMemory } from '../peak-memory.js';
import { startMeter, type ProcessorTimes } from './processor-time.js';
import { USER_COLUMNS, userMapping, userTable } from './user-file.js';

/** A lap of the benchmark: an import with the processor time that it took, and what of it came after its end. */
interface Lap extends TimedImport {
  readonly name: string;
  readonly processors: ProcessorTimes;
}

/**
 * Accounts by file on five services with Kafka, against a bare loader of the same rows: all of them created, each with
 * another phone number, and nothing to do; with the processor time that each process used.
 * Usage: npm run bench -- import-users [rows]
 */
export async function benchUserImport(rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  const [first, changed] = [join(folder, 'users.csv'), join(folder, 'phones.csv')];
  await writeTable(first, userTable(rows));
  await writeTable(changed, userTable(rows, 1));
  const cluster = await startCluster({ folder, port: 0, logLevel: 'warn' });
  try {
    const scopes = ['imports:read', 'imports:write', 'users:write'];
    const { apiKey } = await makeBenchCompany(cluster, folder, { rows, licences: rows, scopes });
    const before = await bareLoader(cluster.database.adminUrl, first);
    const meter = await startMeter(cluster);
    const laps: Lap[] = [];
    for (const [name, file] of Object.entries({ create: first, 'another phone number': changed, again: changed })) {
      await meter.lap();
      const timed = await importFile(cluster, apiKey, file, userMapping());
      laps.push({ ...timed, name, processors: await meter.lap() });
    }
    await meter.stop();
    const after = await bareLoader(cluster.database.adminUrl, first);
    print(rows, (2 * rows) / (before.seconds + after.seconds), laps);
    const [imports, owner] = [await peakMemory(cluster.services.import.pid), await peakMemory(cluster.services['user-admin'].pid)]; // prettier-ignore
    process.stdout.write(`peak memory: import ${imports} MB, user-admin ${owner} MB\n`);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

function print(rows: number, baseline: number, laps: readonly Lap[]): void {
  process.stdout.write(`\n${rows.toLocaleString('en')} accounts x ${USER_COLUMNS} columns\n`);
  printRate('bare loader (mean of before and after)', baseline);
  for (const { name, counters, seconds, processors } of laps) {
    printRate(`${name} (${counters})`, rows / seconds, rows / seconds / baseline);
    const parts = [...processors].filter(([, used]) => used >= 0.1).sort(([, one], [, other]) => other - one);
    const sum = parts.reduce((total, [, used]) => total + used, 0);
    const shares = parts.map(([who, used]) => `${who} ${used.toFixed(1)}`).join(', ');
    process.stdout.write(`  ${seconds.toFixed(1)} s, of processors ${sum.toFixed(1)} s: ${shares}\n`);
  }
}
