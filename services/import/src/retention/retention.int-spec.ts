import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnitOfWork } from '@muster/persistence';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import { Retention } from './retention.js';

let imports: ImportService;

beforeAll(async () => {
  imports = await startImportService();
});
afterAll(() => imports?.stop());

const CSV = `Id;Name;Rep\n1;Anna;${REP}\n2;;${REP}\n`;

const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60_000);
const clean = (days: number) => imports.service.app.get(Retention).clean(inDays(days));
const stateOf = async (id: string) => (await imports.ask<ImportDto>('GET', `/imports/${id}`)).state;

async function codeOf(method: string, path: string, body?: object): Promise<unknown> {
  const response = await imports.send(method, path, body);
  return response.ok ? response.status : ((await response.json()) as { code: string }).code;
}

function chunksOf(importId: string): Promise<unknown[]> {
  return imports.service.app
    .get(UnitOfWork)
    .runAsWorker((manager) => manager.query('select 1 from import_chunk where import_id = $1', [importId]));
}

describe('the retention of imports', () => {
  it('closes a draft after a week, and removes its file and rows 30 days later', async () => {
    const job = await imports.importFile(CSV, customersConfiguration());
    await clean(6);
    expect(await stateOf(job.id)).toBe('staged');
    await clean(8);
    expect(await stateOf(job.id)).toBe('cancelled');

    await clean(29);
    expect(await codeOf('GET', `/imports/${job.id}/results?outcome=unprocessed`)).toBe(200);
    expect(await chunksOf(job.id)).not.toEqual([]);
    await clean(31);
    expect(await chunksOf(job.id)).toEqual([]);
    for (const path of [
      `/imports/${job.id}/rows`,
      `/imports/${job.id}/results?outcome=failed`,
      `/uploads/${job.uploadId}/preview`,
    ]) {
      expect(await codeOf('GET', path)).toBe('file_removed');
    }
    const again = { uploadId: job.uploadId, configuration: customersConfiguration() };
    expect(await codeOf('POST', '/imports', again)).toBe('file_removed');
    expect(await imports.ask('GET', `/imports/${job.id}`)).toMatchObject({ counters: { read: 2 } });
    expect(await imports.ask('GET', `/uploads/${job.uploadId}`)).toMatchObject({ size: CSV.length, rows: 2 });
  });

  it('keeps a draft that somebody goes on with', async () => {
    const job = await imports.importFile(CSV, customersConfiguration());
    const scope = { companyId: imports.companyId, actor: 'system', cause: 'request:test' } as const;
    await imports.service.app
      .get(UnitOfWork)
      .run(scope, (manager) =>
        manager.query(`update import_job set created_at = now() - interval '20 days' where id = $1`, [job.id]),
      );
    await imports.ask(
      'PATCH',
      `/imports/${job.id}`,
      { configuration: customersConfiguration({ mode: 'create' }) },
      { 'if-match': '*' },
    );
    await clean(6);
    expect(await stateOf(job.id)).toBe('draft');
  });

  it('keeps a file that another import needs', async () => {
    const job = await imports.importFile(CSV, customersConfiguration());
    await imports.ask('POST', `/imports/${job.id}/cancel`);
    const other = { uploadId: job.uploadId, configuration: customersConfiguration(), then: 'plan' };
    // Nobody answers its chunks, so it never ends.
    const { id } = await imports.ask<ImportDto>('POST', '/imports', other);
    await clean(60);
    expect(await codeOf('GET', `/uploads/${job.uploadId}/preview`)).toBe(200);
    await imports.ask('POST', `/imports/${id}/abort`);
    await clean(60);
    expect(await codeOf('GET', `/uploads/${job.uploadId}/preview`)).toBe('file_removed');
  });

  it('removes the file of an upload that was never imported', async () => {
    const form = new FormData();
    form.set('file', new Blob([CSV]), 'customers.csv');
    const { id } = await imports.ask<{ id: string }>('POST', '/uploads', form);
    await clean(29);
    expect(await codeOf('GET', `/uploads/${id}/preview`)).toBe(200);
    await clean(31);
    expect(await codeOf('GET', `/uploads/${id}/preview`)).toBe('file_removed');
    // What is gone is not looked for again, and nothing is in the way of what was left half done.
    expect(await clean(31)).toBe(0);
  });

  it('removes a file whatever is wrong with another', async () => {
    const stuck = await imports.importFile(CSV, customersConfiguration());
    const other = await imports.importFile(CSV, customersConfiguration());
    for (const { id } of [stuck, other]) await imports.ask('POST', `/imports/${id}/cancel`);
    const path = join(imports.filesFolder, imports.companyId, stuck.uploadId);
    await rm(path);
    await mkdir(path);
    // Found first each time, until it has been tried for a day.
    for (const days of [31, 31]) await clean(days);
    await rm(path, { recursive: true });
    expect(await codeOf('GET', `/uploads/${other.uploadId}/preview`)).toBe('file_removed');
  });
});
