import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { ImportRepPage } from '../../../import/src/assignment/assignment.dto.js';
import type { ImportDto } from '../../../import/src/imports/import.dto.js';
import { call, get } from './http.js';

const WIDTH = 40;
const LOOK_MS = 200;
const FINAL = new Set(['completed', 'completedWithErrors', 'failed', 'aborted', 'cancelled']);

export interface FinishedImport {
  readonly job: ImportDto;
  readonly reps: ImportRepPage['items'];
  readonly seconds: number;
}

/** Sends file and configuration in one call and draws how the import gets on, until it ends. */
export async function importWithProgress(
  url: string,
  token: string,
  files: { table: string; configuration: string },
): Promise<FinishedImport> {
  const form = new FormData();
  form.set('configuration', await readFile(files.configuration, 'utf8'));
  form.set('file', await openAsBlob(files.table), basename(files.table));
  const began = performance.now();
  const headers = { authorization: `Bearer ${token}` };
  let job = await call<ImportDto>(`${url}/v1/imports`, { method: 'POST', headers, body: form });
  while (!FINAL.has(job.state)) {
    draw(job);
    await setTimeout(LOOK_MS);
    job = await get<ImportDto>(`${url}/v1/imports/${job.id}`, token);
  }
  draw(job);
  process.stdout.write('\n');
  const { items: reps } = await get<ImportRepPage>(`${url}/v1/imports/${job.id}/reps`, token);
  return { job, reps, seconds: (performance.now() - began) / 1000 };
}

function draw({ state, progress, counters }: ImportDto): void {
  const full = Math.round(progress.share * WIDTH);
  const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full);
  const rows = `${counters.read - counters.unprocessed} of ${counters.read} rows`;
  if (process.stdout.isTTY) process.stdout.write(`\r  ${bar} ${rows}, ${state}          `);
  else process.stdout.write(`  ${bar} ${rows}, ${state}\n`);
}
