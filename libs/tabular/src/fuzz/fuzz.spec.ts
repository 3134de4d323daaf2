import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTable } from '../open-table.js';
import type { SheetRow } from '../table.js';
import { TabularError } from '../tabular-error.js';
import { bytesOf, hostileFile } from './test-support/hostile-file.js';
import { mutation, type Mutation } from './test-support/mutations.js';
import { SEED_FILES } from './test-support/seed-files.js';
import { spillingWorkbook } from './test-support/spilling-workbook.js';
import { Watchdog } from './test-support/watchdog.js';

/** The longer run is described in CONTRIBUTING.md. */
const RUNS = Number(process.env['TABULAR_FUZZ_RUNS'] ?? 300);
const SEED = Number(process.env['TABULAR_FUZZ_SEED'] ?? 1);
const LIMITS = { rows: 1_000, unpackedBytes: 64 * 1024 ** 2, entryBytes: 32 * 1024 ** 2 };
/** Not a matter of speed: the machine may be busy. */
const CASE_MS = 20_000;
const MEGABYTE = 1024 ** 2;

const watchdog = new Watchdog(CASE_MS);
let folder: string;
let file: string;
let temporaryFolder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tabular-fuzz-'));
  file = join(folder, 'file');
  temporaryFolder = join(folder, 'temporary');
  await mkdir(temporaryFolder);
});

afterAll(async () => {
  await watchdog.stop();
  await rm(folder, { recursive: true, force: true });
});

type Reach = 'all' | 'first batch' | 'aborted';
const reaches = fc.constantFrom<Reach>('all', 'all', 'first batch', 'aborted');
const sources = fc.constantFrom('path', 'bytes');

it.each(SEED_FILES.map(({ name }) => name))('reads the seed %s, which is no hostile file yet', async (seed) => {
  const bytes = await bytesOf({ kind: 'mutated', seed, inside: 'part', part: 0, mutations: [] });
  expect((await outcomeOf(bytes, 'all')).flatMap(({ cells }) => cells).join()).toMatch(/Müller/);
});

it(
  `makes rows or a TabularError of any bytes, and leaves nothing behind (${RUNS} files)`,
  async () => {
    const before = { handles: await openHandles(), memory: process.memoryUsage.rss() };
    let number = 0;
    await fc.assert(
      fc.asyncProperty(hostileFile, sources, reaches, async (hostile, source, reach) => {
        number++;
        const bytes = await bytesOf(hostile);
        if (source === 'path') await writeFile(file, bytes);
        const what = () => `case ${number} of seed ${SEED}`;
        await watchdog.during(what(), () => expectRowsOrRefusal(source === 'path' ? file : bytes, reach));
        expect(await readdir(temporaryFolder)).toEqual([]);
        expect(await openHandles()).toBeLessThanOrEqual(before.handles);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect((process.memoryUsage.rss() - before.memory) / MEGABYTE).toBeLessThan(300);
  },
  Math.max(60_000, RUNS * 100),
);

it(
  'leaves no temporary file of a workbook whose texts do not fit into the memory',
  async () => {
    let spilled = 0;
    const mutations = fc.array(mutation, { maxLength: 2 });
    const check = async (part: 'strings' | 'sheet', changes: Mutation[], reach: Reach) => {
      const bytes = await spillingWorkbook(part, changes);
      const handles = await openHandles();
      await watchdog.during(`spilling ${JSON.stringify(changes)}`, () =>
        expectRowsOrRefusal(bytes, reach, async () => {
          spilled += (await openHandles()) - handles + (await readdir(temporaryFolder)).length;
        }),
      );
      expect(await readdir(temporaryFolder)).toEqual([]);
      expect(await openHandles()).toBeLessThanOrEqual(handles);
    };
    await fc.assert(fc.asyncProperty(fc.constantFrom('strings', 'sheet'), mutations, reaches, check), {
      numRuns: Math.ceil(RUNS / 100),
      seed: SEED,
      examples: [['sheet', [], 'all']],
      endOnFailure: true,
    });
    expect(spilled).toBeGreaterThan(0);
  },
  Math.max(60_000, RUNS * 100),
);

async function expectRowsOrRefusal(
  source: string | Uint8Array,
  reach: Reach,
  meanwhile = () => Promise.resolve(),
): Promise<void> {
  const outcome = await outcomeOf(source, reach, meanwhile).catch((error: unknown) => {
    if (error instanceof TabularError) return error;
    throw error;
  });
  expect(outcome instanceof TabularError ? [] : faultsOf(outcome)).toEqual([]);
}

function faultsOf(rows: readonly SheetRow[]): string[] {
  const faults: string[] = [];
  for (const [i, { row, cells, kinds = cells }] of rows.entries()) {
    if (!Number.isInteger(row) || row <= (rows[i - 1]?.row ?? 0)) faults.push(`row ${row} is out of order`);
    if (cells.every((cell) => cell === '')) faults.push(`row ${row} is blank`);
    if (!cells.every((cell) => cell.isWellFormed())) faults.push(`row ${row} holds half a character`);
    if (kinds.length !== cells.length) faults.push(`row ${row} has ${kinds.length} kinds for ${cells.length} cells`);
  }
  return faults;
}

async function outcomeOf(
  source: string | Uint8Array,
  reach: Reach,
  meanwhile = () => Promise.resolve(),
): Promise<SheetRow[]> {
  const table = await openTable(source, { limits: LIMITS, temporaryFolder });
  const abort = new AbortController();
  const found: SheetRow[] = [];
  try {
    for (const { name } of table.sheets) {
      for await (const { rows } of table.read({ sheet: name, signal: abort.signal })) {
        found.push(...rows);
        await meanwhile();
        if (reach === 'first batch') break;
        if (reach === 'aborted')
          abort.abort(new TabularError('file_unreadable', { format: 'test', reason: 'aborted' }));
      }
      // Rows of another sheet begin anew.
      if (found.length > 0) break;
    }
  } finally {
    await table.close();
  }
  return found;
}

/** Where the system tells; elsewhere always 0. */
async function openHandles(): Promise<number> {
  return (await readdir('/dev/fd').catch(() => [])).length;
}
