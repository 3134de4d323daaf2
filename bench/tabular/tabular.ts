import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Counts } from './readers/reading.js';

const run = promisify(execFile);
const MEGABYTE = 1024 * 1024;
/** Python files are not built. */
const SOURCES = resolve(import.meta.dirname, '../../../bench/tabular');

interface Reader {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

interface Figures extends Counts {
  readonly seconds: number;
  readonly megabytes: number;
}

const muster = node('muster');
const calamine: Reader = {
  name: 'python-calamine',
  command: 'python3',
  args: [join(SOURCES, 'readers/calamine.py')],
};
const READERS: Readonly<Record<string, readonly Reader[]>> = {
  xlsx: [muster, node('exceljs'), calamine],
  ods: [muster, calamine],
  csv: [muster, node('papaparse')],
};

/**
 * Time and peak memory of reading 20 columns of customers from XLSX, ODS and CSV, beside the readers that others would take.
 * Usage: npm run bench -- tabular [rows...]
 */
export async function benchTabular(sizes: readonly number[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  try {
    for (const rows of sizes) await benchSize(folder, rows);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function benchSize(folder: string, rows: number): Promise<void> {
  let own: Figures | undefined;
  for (const [format, readers] of Object.entries(READERS)) {
    const file = join(folder, `customers.${format}`);
    await run(process.execPath, [join(import.meta.dirname, 'make.js'), format, file, String(rows)]);
    const { size } = await stat(file);
    print(`\n${format.toUpperCase()}, ${rows.toLocaleString('en')} rows x 20, ${(size / MEGABYTE).toFixed(1)} MB`);
    const ours = await best(muster, file, rows);
    for (const reader of readers) {
      const figures = reader === muster ? ours : await best(reader, file, rows);
      print(line(reader.name, figures, ours));
    }
    if (format === 'xlsx') own = ours;
    if (format === 'ods' && own && ours)
      print(`  ODS takes ${(ours.seconds / own.seconds).toFixed(2)} of the time of XLSX`);
    await rm(file);
  }
}

/** The fastest run: what disturbs makes it slower only. The largest memory of all. */
async function best(reader: Reader, file: string, rows: number): Promise<Figures | undefined> {
  const all: Figures[] = [];
  for (let i = 0; i < (rows > 200_000 ? 1 : 3); i++) {
    try {
      const { stdout } = await run(reader.command, [...reader.args, file], { timeout: 900_000 });
      all.push(JSON.parse(stdout) as Figures);
    } catch (error) {
      if (reader === muster) throw error;
      return undefined;
    }
  }
  const [fastest] = all.sort((a, b) => a.seconds - b.seconds);
  return fastest && { ...fastest, megabytes: Math.max(...all.map(({ megabytes }) => megabytes)) };
}

function line(name: string, figures: Figures | undefined, ours: Figures | undefined): string {
  if (!figures || !ours) return `  ${name.padEnd(16)} not there, or it failed`;
  const { rows, cells, seconds, megabytes } = figures;
  const columns = [
    name.padEnd(16),
    `${seconds.toFixed(2)} s`.padStart(9),
    `${Math.round(rows / seconds).toLocaleString('en')} rows/s`.padStart(16),
    `${Math.round(megabytes)} MB`.padStart(9),
    `x ${(seconds / ours.seconds).toFixed(2)}`.padStart(8),
  ];
  const isSame = rows === ours.rows && cells === ours.cells;
  return `  ${columns.join('')}${isSame ? '' : `   read ${rows} rows with ${cells} cells instead of ${ours.rows} with ${ours.cells}`}`;
}

function node(name: string): Reader {
  return { name, command: process.execPath, args: [join(import.meta.dirname, 'readers', `${name}.js`)] };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
