import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { openTable } from '@muster/tabular';
import { projectRoot } from '../src/cluster/service-process.js';
import type { Import, Tenant } from './api.js';
import { lineTo, type Line } from './line.js';
import { configuration, csv, customerTable } from './tables.js';

const COMMAND = join(projectRoot(), 'services/cli/muster.mjs');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The command `muster import` in a folder of its own, at the end of a line to Muster. */
export class MusterCommand {
  private readonly children = new Set<ChildProcess>();

  private constructor(
    readonly folder: string,
    readonly line: Line,
  ) {}

  static async at(target: string): Promise<MusterCommand> {
    return new MusterCommand(await mkdtemp(join(tmpdir(), 'muster-import-')), await lineTo(target));
  }

  start({ token }: Tenant, args: readonly string[]): { child: ChildProcess; ended: Promise<Ended> } {
    const { PATH = '' } = process.env;
    const env = { PATH, LANG: 'C', MUSTER_URL: this.line.url, MUSTER_TOKEN: token };
    const child = spawn(process.execPath, [COMMAND, 'import', ...args], { cwd: this.folder, env });
    this.children.add(child);
    const collect = async (): Promise<Ended> => {
      const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
      this.children.delete(child);
      return { out, err, code: child.exitCode };
    };
    return { child, ended: collect() };
  }

  run(tenant: Tenant, ...args: readonly string[]): Promise<Ended> {
    return this.start(tenant, args).ended;
  }

  /** Writes `customers.csv` and the configuration that fits it, `c.importcfg`. @returns its rows, the header first */
  async customersFile(rows: number, reps: number): Promise<string[][]> {
    const table = customerTable(rows, reps);
    await writeFile(join(this.folder, 'customers.csv'), csv(table.rows));
    await writeFile(join(this.folder, 'c.importcfg'), JSON.stringify(configuration(table.fields)));
    return table.rows;
  }

  async rowsOf(name: string): Promise<string[][]> {
    const table = await openTable(join(this.folder, name));
    const rows: string[][] = [];
    for await (const batch of table.read()) rows.push(...batch.rows.map(({ cells }) => cells));
    await table.close();
    return rows;
  }

  /** Numbers of the parts that were sent whole, and answered. */
  puts(): number[] {
    const parts = this.line.passed.filter((what) => /^PUT .*\/parts\/\d+$/.test(what));
    return parts.map((what) => Number(what.split('/').at(-1)));
  }

  /** Between two tests. */
  reset(): void {
    for (const child of this.children) child.kill('SIGKILL');
    Object.assign(this.line, { before: () => 'pass', after: () => undefined });
    this.line.passed.length = 0;
  }

  async close(): Promise<void> {
    await this.line.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** Each step, of a command with `--json`. */
export function stepsOf(out: string): ({ event: string } & Record<string, unknown>)[] {
  return out.trimEnd().split('\n').map((line) => JSON.parse(line) as { event: string } & Record<string, unknown>); // prettier-ignore
}

/** As it was at the end of a command with `--json`. */
export function importIn(out: string): Import {
  return stepsOf(out).at(-1)?.['import'] as Import;
}
