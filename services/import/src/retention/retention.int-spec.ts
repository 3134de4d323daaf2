import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnitOfWork } from '@muster/persistence';
import type { ImportDto, ImportPage } from '../imports/import.dto.js';
import type { ImportPartsDto } from '../parts/parts.dto.js';
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

  it('says in both languages that the time of a file is over, and what the import counted stays', async () => {
    const job = await imports.importFile(CSV, customersConfiguration());
    await imports.ask('POST', `/imports/${job.id}/cancel`);
    await clean(31);
    const downloads = [
      `/uploads/${job.uploadId}/content`,
      ...['successful', 'failed', 'unprocessed'].map((outcome) => `/imports/${job.id}/results?outcome=${outcome}`),
    ];
    for (const path of downloads) {
      for (const [language, said] of Object.entries({ en: /kept for 30 days/, de: /30 Tage nach/ })) {
        const response = await imports.send('GET', path, undefined, { 'accept-language': language });
        expect([response.status, await response.json()]).toMatchObject([
          410,
          { code: 'file_removed', detail: expect.stringMatching(said) },
        ]);
      }
    }
    const sha256 = createHash('sha256').update(CSV).digest('hex');
    const after = await imports.ask<ImportDto>('GET', `/imports/${job.id}`);
    expect(after).toMatchObject({ sha256, fileName: 'customers.csv', counters: { read: 2 }, state: 'cancelled' });
    expect(after).toMatchObject({ fileRemovedAt: expect.any(String), createdBy: job.createdBy });
    expect(after.links).not.toHaveProperty('file');
    const { items } = await imports.ask<ImportPage>('GET', '/imports');
    expect(items).toContainEqual(expect.objectContaining({ id: job.id, sha256 }));
    expect(await imports.ask('GET', `/uploads/${job.uploadId}`)).toMatchObject({
      sha256,
      fileRemovedAt: after.fileRemovedAt,
    });
  });

  it('removes the parts of a file with it, and lists them still', async () => {
    const configuration = customersConfiguration();
    const { id } = await imports.ask<ImportDto>('POST', '/imports', { parts: { count: 1 }, configuration });
    const form = new FormData();
    form.set('file', new Blob([CSV]), 'part 1.csv');
    await imports.send('PUT', `/imports/${id}/parts/1`, form);
    await imports.ask('POST', `/imports/${id}/cancel`);
    const parts = () => imports.ask<ImportPartsDto>('GET', `/imports/${id}/parts`);
    const [part] = (await parts()).items;
    await clean(29);
    expect(await codeOf('GET', `/uploads/${part?.uploadId}/content`)).toBe(200);
    await clean(31);
    expect(await codeOf('GET', `/uploads/${part?.uploadId}/content`)).toBe('file_removed');
    expect((await parts()).items).toMatchObject([
      { part: 1, sha256: part?.sha256, links: {}, fileRemovedAt: expect.any(String) },
    ]);
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
