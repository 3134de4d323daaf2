import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { customerHeader, customerMapping, customerRows } from '@muster/testing';
import { startCluster } from '../../services/standalone/src/cluster/cluster.js';
import { call, post } from '../../services/standalone/src/demo/http.js';
import { bareSync } from './bare-sync.js';
import { makeBenchCompany } from './company.js';
import { benchRep } from './customers.js';
import { importFile, printRate, writeTable, type Job } from './import-file.js';
import { peakMemory } from '../peak-memory.js';

const COLUMNS = 8;
const LOOK_MS = 40;

/** When each phase of a sync was over, in milliseconds. */
class Phases {
  private readonly ended = new Map<string, number>();

  look({ state, plan, counters }: Job): void {
    if (plan?.['unprocessed'] === 0) this.note('rows planned');
    if (state !== 'staging' && state !== 'planning' && plan) this.note('absentees planned');
    if (counters['unprocessed'] === 0 && (state === 'running' || state === 'completed')) this.note('rows written');
    if (state === 'completed') this.note('absentees removed');
  }

  /** @returns seconds */
  between(one: string, other: string): number {
    const [begin, end] = [this.ended.get(one), this.ended.get(other)];
    if (begin === undefined || end === undefined) throw new Error(`Nobody saw ${one} and ${other}`);
    return Math.max(end - begin, LOOK_MS / 2) / 1000;
  }

  private note(name: string): void {
    if (!this.ended.has(name)) this.ended.set(name, performance.now());
  }
}

/**
 * A sync whose file lacks every second customer, of one rep and over many, on five services with Kafka: what noting the absentees
 * takes, and what removing them, against one bare statement in a copy of the table.
 * Usage: npm run bench -- import-sync [rows] [reps]
 */
export async function benchSync(rows: number, manyReps: number): Promise<void> {
  for (const reps of [1, manyReps]) await benchOver(rows, reps);
}

async function benchOver(rows: number, reps: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  const cluster = await startCluster({ folder, port: 0, logLevel: 'warn' });
  try {
    const [all, half] = [join(folder, 'all.csv'), join(folder, 'half.csv')];
    const [header, table] = [customerHeader(COLUMNS), [...customerRows({ rows, reps, seed: 1, columns: COLUMNS })]];
    await writeTable(all, [header, ...table]);
    await writeTable(half, [header, ...table.filter((_, place) => Math.floor(place / reps) % 2 === 0)]);
    const scopes = ['imports:read', 'imports:write'];
    const { token, apiKey } = await makeBenchCompany(cluster, folder, { rows, licences: Math.max(2, reps), scopes });
    // Nobody is there to approve.
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ guard: { percent: 100, count: rows } });
    await call(`${cluster.url}/v1/company`, { method: 'PATCH', headers, body });
    for (let no = 1; no <= reps; no++) await post(`${cluster.url}/v1/users`, token, benchRep(no));
    await importFile(cluster, apiKey, all, customerMapping(COLUMNS));
    const bare = await bareSync(cluster.database.adminUrl);
    const phases = new Phases();
    const watch = { everyMs: LOOK_MS, look: (job: Job) => phases.look(job) };
    const configuration = { ...customerMapping(COLUMNS), mode: 'sync' };
    const { seconds, counters } = await importFile(cluster, apiKey, half, configuration, watch);
    const after = await bareSync(cluster.database.adminUrl);
    const noting = phases.between('rows planned', 'absentees planned');
    const removing = phases.between('rows written', 'absentees removed');
    const baseline = (bare.rows + after.rows) / (bare.seconds + after.seconds);
    const rate = (took: number) => [bare.rows / took, bare.rows / took / baseline] as const;
    process.stdout.write(
      `\n${rows.toLocaleString('en')} customers over ${reps} reps, every second absent: ${counters}\n`,
    );
    printRate('bare statement (mean of before and after)', baseline);
    printRate(`absentees noted, in ${noting.toFixed(2)} s`, ...rate(noting));
    printRate(`absentees removed, in ${removing.toFixed(2)} s`, ...rate(removing));
    printRate(`all of the sync, in ${seconds.toFixed(1)} s`, ...rate(seconds));
    const [imports, owner] = [await peakMemory(cluster.services.import.pid), await peakMemory(cluster.services['field-data'].pid)]; // prettier-ignore
    process.stdout.write(`peak memory: import ${imports} MB, field-data ${owner} MB\n`);
  } finally {
    await cluster.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
