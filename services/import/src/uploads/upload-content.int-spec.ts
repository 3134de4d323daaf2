import { createHash, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import type { ImportDto } from '../imports/import.dto.js';
import type { ImportPartsDto } from '../parts/parts.dto.js';
import { csvOf, formOf } from '../test-support/forms.js';
import { customersConfiguration, startImportService, type ImportService } from '../test-support/import-service.js';
import type { UploadDto } from './upload.dto.js';

let imports: ImportService;

beforeAll(async () => {
  imports = await startImportService();
});
afterAll(() => imports?.stop());

const upload = async (file: string | Uint8Array<ArrayBuffer>, name?: string): Promise<UploadDto> =>
  (await (await imports.send('POST', '/uploads', formOf(file, {}, name))).json()) as UploadDto;
const download = (id: string, headers = {}) => imports.send('GET', `/uploads/${id}/content`, undefined, headers);
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
async function problemOf(response: Response) {
  const { code, detail } = (await response.json()) as { code: string; detail: string };
  return { status: response.status, code, detail };
}

/** Windows-1252, several chunks long. */
const LARGE = Buffer.concat([
  Buffer.from('Id;Name;Rep\r\n'),
  ...Array.from({ length: 9_000 }, (_, i) => Buffer.from(`${i};M\xfcller ${randomBytes(30).toString('hex')};r\r\n`, 'latin1')),
]); // prettier-ignore

describe('a file that was sent', () => {
  it('comes back byte for byte, under its name', async () => {
    const { id, sha256 } = await upload(Uint8Array.from(LARGE), '../Kunden <Süd>;1.CSV');
    const response = await download(id);
    expect([response.status, Object.fromEntries(response.headers)]).toMatchObject([
      200,
      {
        etag: `"${sha256}"`,
        'content-length': String(LARGE.length),
        'content-type': 'text/csv; charset=windows-1252',
        'content-disposition': `attachment; filename*=UTF-8''Kunden%20_S%C3%BCd_%3B1.CSV`,
        'x-content-type-options': 'nosniff',
      },
    ]);
    const bytes = await bytesOf(response);
    expect(bytes.equals(LARGE)).toBe(true);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  });

  it('is that of one company', async () => {
    const { id } = await upload(csvOf(1));
    expect((await imports.ofAnotherCompany('GET', `/uploads/${id}/content`)).status).toBe(404);
    for (const unknown of [newId(), 'x', '..%2F..%2Fetc%2Fpasswd']) expect((await download(unknown)).status).toBe(404);
  });

  it('does not end the service with who hangs up', async () => {
    const { id } = await upload(Uint8Array.from(LARGE));
    const gone = new AbortController();
    const response = await fetch(`${imports.service.url}/v1/uploads/${id}/content`, {
      headers: { authorization: await imports.service.authorization(administrator()) },
      signal: gone.signal,
    });
    await response.body?.getReader().read();
    gone.abort();
    expect((await bytesOf(await download(id))).equals(LARGE)).toBe(true);
  });

  it('that was lost is no file that was removed', async () => {
    const { id } = await upload(csvOf(1));
    await rm(join(imports.filesFolder, imports.companyId, id));
    expect((await download(id)).status).toBe(500);
  });

  const administrator = () => ({ companyId: imports.companyId, userId: newId(), role: 'administrator' as const });

  it('is shown to who may do so by a scope, and must not see accounts, only while it holds none', async () => {
    const person = { companyId: imports.companyId, userId: newId(), role: 'person' as const };
    const byScope = async (path: string, scopes: string[]) => {
      const headers = { authorization: await imports.service.authorization({ ...person, scopes }) };
      return (await fetch(`${imports.service.url}/v1/uploads/${path}`, { headers })).status;
    };
    const { id } = await upload('email,firstName,lastName\r\na@example.com,A,B\r\n');
    expect(await byScope(`${id}/content`, ['imports:read'])).toBe(200);
    const mappings = ['email', 'firstName', 'lastName'].map((field) => ({
      SourceFieldID: field,
      TargetFieldID: field,
    }));
    const configuration = { formatVersion: 1, entity: 'user', mode: 'upsert', mappings };
    await imports.ask('POST', '/imports', { uploadId: id, configuration });
    for (const path of [`${id}/content`, `${id}/preview`]) {
      expect(await byScope(path, ['imports:read'])).toBe(403);
      expect(await byScope(path, ['imports:read', 'users:write'])).toBe(200);
    }
  });

  it('that holds accounts is used for nothing by who must not see them', async () => {
    const mappings = [{ SourceFieldID: 'email', TargetFieldID: 'email' }];
    const accounts = { formatVersion: 1, entity: 'user', mode: 'update', mappings };
    const { id: uploadId } = await upload('email,Id,Name,Rep\r\na@example.com,1,A,b@example.com\r\n');
    await imports.ask('POST', '/imports', { uploadId, configuration: accounts });
    const { id: other } = await upload(csvOf(1));
    const configuration = customersConfiguration();
    const draft = await imports.ask<ImportDto>('POST', '/imports', { uploadId: other, configuration });
    await expect.poll(async () => (await imports.ask<ImportDto>('GET', `/imports/${draft.id}`)).state).toBe('staged');
    const series = await imports.ask<ImportDto>('POST', '/imports', { parts: {}, configuration });
    const person = { companyId: imports.companyId, userId: newId(), role: 'person' as const };
    const asked = async (scopes: string[], [method, path, body]: [string, string, object]) => {
      const authorization = await imports.service.authorization({ ...person, scopes: ['imports:read', ...scopes] });
      const headers = { authorization, 'content-type': 'application/json', 'if-match': '*' };
      const request = { method, headers, body: JSON.stringify(body) };
      return (await fetch(`${imports.service.url}/v1/${path}`, request)).status;
    };
    const requests: [string, string, object][] = [
      ['POST', `uploads/${uploadId}/mapping-suggestion`, { entity: 'customer' }],
      ['POST', 'imports', { uploadId, configuration }],
      ['PATCH', `imports/${draft.id}`, { uploadId }],
      ['PUT', `imports/${series.id}/parts/1`, { uploadId }],
    ];
    for (const request of requests) {
      expect([request[1], await asked(['imports:write'], request)]).toEqual([request[1], 403]);
      expect(await asked(['imports:write', 'users:write'], request)).toBeLessThan(300);
    }
  });
});

describe('a file that was sent in parts', () => {
  it('comes back part by part', async () => {
    const configuration = customersConfiguration();
    const opened = await imports.ask<ImportDto>('POST', '/imports', { parts: { count: 2 }, configuration });
    const files = [csvOf(1, 2), csvOf(3)];
    for (const [i, file] of files.entries()) {
      await imports.send('PUT', `/imports/${opened.id}/parts/${i + 1}`, formOf(file, {}, `part ${i + 1}.csv`));
    }
    const whole = await problemOf(await download(opened.uploadId));
    expect(whole).toMatchObject({ status: 409, code: 'upload_in_parts' });
    expect(whole.detail).toContain(`/v1/imports/${opened.id}/parts`);
    const { items } = await imports.ask<ImportPartsDto>('GET', `/imports/${opened.id}/parts`);
    const contents = await Promise.all(
      items.map(async ({ links }) => (await imports.send('GET', links['content']?.replace('/v1', '') ?? '')).text()),
    );
    expect(contents).toEqual(files);
  });
});
