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
  /** Seconds of all threads together. */
  readonly processor: number;
  readonly megabytes: number;
}

// Without it V8 lets garbage lie for longer the longer a process runs: 100 MB more after a million rows, for the same time.
const muster = node('muster', '--max-semi-space-size=6');
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
  const own: Partial<Record<string, Figures>> = {};
  for (const [format, readers] of Object.entries(READERS)) {
    const file = join(folder, `customers.${format}`);
    await run(process.execPath, [join(import.meta.dirname, 'make.js'), format, file, String(rows)]);
    const { size } = await stat(file);
    print(`\n${format.toUpperCase()}, ${rows.toLocaleString('en')} rows x 20, ${(size / MEGABYTE).toFixed(1)} MB`);
    const figures = await race(readers, file, rows > 200_000 ? 1 : 3);
    const ours = figures.get(muster);
    for (const { name, found } of readers.map((reader) => ({ name: reader.name, found: figures.get(reader) }))) {
      print(found && ours ? line(name, found, ours) : `  ${name.padEnd(16)}   not there, or it failed`);
    }
    if (ours) own[format] = ours;
    await rm(file);
  }
  if (own.xlsx && own.ods) print(`\nODS takes ${(own.ods.seconds / own.xlsx.seconds).toFixed(2)} of the time of XLSX`);
}

/** By turns, so that what disturbs disturbs all. The fastest run of each counts, and its largest memory. */
async function race(readers: readonly Reader[], file: string, rounds: number): Promise<Map<Reader, Figures>> {
  const best = new Map<Reader, Figures>();
  for (let round = 0; round < rounds; round++) {
    for (const reader of readers) {
      const figures = await figuresOf(reader, file);
      if (!figures) continue;
      const before = best.get(reader) ?? figures;
      best.set(reader, {
        ...(figures.seconds < before.seconds ? figures : before),
        processor: Math.min(figures.processor, before.processor),
        megabytes: Math.max(figures.megabytes, before.megabytes),
      });
    }
  }
  return best;
}

async function figuresOf(reader: Reader, file: string): Promise<Figures | undefined> {
  try {
    const { stdout } = await run(reader.command, [...reader.args, file], { timeout: 900_000 });
    return JSON.parse(stdout) as Figures;
  } catch (error) {
    if (reader === muster) throw error;
    return undefined;
  }
}

function line(name: string, figures: Figures, ours: Figures): string {
  const { rows, cells, seconds, processor, megabytes } = figures;
  const columns = [
    name.padEnd(16),
    `${seconds.toFixed(2)} s`.padStart(9),
    `${(seconds / ours.seconds).toFixed(2)} x`.padStart(9),
    `${Math.round(rows / seconds).toLocaleString('en')} rows/s`.padStart(16),
    `${processor.toFixed(2)} s busy`.padStart(14),
    `${Math.round(megabytes)} MB`.padStart(9),
  ];
  const isSame = rows === ours.rows && cells === ours.cells;
  return `  ${columns.join('')}${isSame ? '' : `   read ${rows} rows with ${cells} cells instead of ${ours.rows} with ${ours.cells}`}`;
}

function node(name: string, ...flags: string[]): Reader {
  const args = [...flags, join(import.meta.dirname, 'readers', `${name}.js`)];
  return { name, command: process.execPath, args };
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
