import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { newId } from '@muster/persistence';
import { bytesSource, createTableWriter, openTable, type TableFormat } from '@muster/tabular';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ImportDto } from '../imports/import.dto.js';
import type { ImportRowPage } from '../results/row.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import { csvOf, formOf } from '../test-support/forms.js';
import type { UploadDto } from '../uploads/upload.dto.js';
import type { ImportPartsDto, StoredPartDto } from './parts.dto.js';

let imports: ImportService;

beforeAll(async () => {
  imports = await startImportService();
});
afterAll(() => imports?.stop());

const HEADER = 'Id,Name,Rep';

async function open(parts: object = {}, configuration = customersConfiguration()): Promise<ImportDto> {
  return imports.ask<ImportDto>('POST', '/imports', { parts, configuration });
}

async function put(
  id: string,
  part: number | string,
  file: string | Uint8Array<ArrayBuffer>,
  name?: string,
  fields: Record<string, unknown> = {},
) {
  const response = await imports.send('PUT', `/imports/${id}/parts/${part}`, formOf(file, fields, name));
  return { status: response.status, body: (await response.json()) as StoredPartDto & Answer };
}

interface Answer {
  readonly code?: string;
  readonly detail?: string;
  readonly state?: string;
}

async function answer(method: string, path: string, body?: object): Promise<Answer & { status: number }> {
  const response = await imports.send(method, path, body);
  return { ...((await response.json()) as Answer), status: response.status };
}

const close = (id: string, count: number, then?: string) =>
  answer('POST', `/imports/${id}/parts/close`, { count, ...(then && { then }) });

function untilStaged(id: string): Promise<ImportDto> {
  const look = async () => {
    const job = await imports.ask<ImportDto>('GET', `/imports/${id}`);
    return job.state !== 'staging' && job;
  };
  return vi.waitUntil(look, PATIENT);
}

async function resultsOf(id: string, outcome: string, language = 'en'): Promise<string[]> {
  const response = await imports.send('GET', `/imports/${id}/results?outcome=${outcome}&language=${language}`);
  expect(response.status).toBe(200);
  return (await response.text()).trimEnd().split('\r\n');
}

async function workbook(format: TableFormat, rows: readonly (readonly string[])[]): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new PassThrough();
  const bytes = buffer(stream);
  const [header = [], ...data] = rows;
  const writer = await createTableWriter(format, stream, {
    columns: header.map((name) => ({ header: name })),
    language: 'en',
  });
  await writer.write(data.map((row) => [...row]));
  await writer.end();
  return new Uint8Array(await bytes);
}

describe('an import in parts', () => {
  it('takes parts in any order, and is one import of all their rows once they are closed', async () => {
    const job = await open({ count: 3 });
    expect(job).toMatchObject({ state: 'draft', parts: { count: 3, received: 0, missing: [1, 2, 3], closed: false } });
    expect(Object.keys(job.links)).toEqual(expect.arrayContaining(['parts', 'close', 'cancel']));
    expect(Object.keys(job.links)).not.toEqual(expect.arrayContaining(['run']));
    for (const [part, text] of [[3, csvOf(5)], [1, csvOf(1, 2)]] as const) expect((await put(job.id, part, text, `c-${part}.csv`)).status).toBe(200); // prettier-ignore
    expect(await close(job.id, 3)).toMatchObject({
      ...{ status: 409, code: 'parts_missing' },
      detail: 'Of 3 parts these are missing: 2. Nothing is done before all of them are in.',
    });
    expect((await put(job.id, 2, csvOf(3, 4))).status).toBe(200);
    expect(await close(job.id, 3)).toMatchObject({ status: 202, state: 'staging' });
    const staged = await untilStaged(job.id);
    expect(staged).toMatchObject({
      ...{ state: 'staged', counters: { read: 5, unprocessed: 5 }, fileName: 'c-1.csv … c-3.csv' },
      parts: { count: 3, received: 3, missing: [], closed: true },
    });
    const rows = await imports.ask<ImportRowPage>('GET', `/imports/${job.id}/rows`);
    expect(rows.items.map(({ part, row, values }) => [part, row, values?.['externalId']])).toEqual([
      [1, 2, '1'], [1, 3, '2'], [2, 2, '3'], [2, 3, '4'], [3, 2, '5'],
    ]); // prettier-ignore
    const page = await imports.ask<ImportRowPage>('GET', `/imports/${job.id}/rows?limit=3`);
    const next = await imports.ask<ImportRowPage>('GET', `/imports/${job.id}/rows?limit=3&cursor=${page.nextCursor}`);
    expect([...page.items, ...next.items]).toEqual(rows.items);
    expect(await resultsOf(job.id, 'unprocessed')).toEqual([
      `${HEADER},Part,Row`,
      ...[[1, 1, 2], [2, 1, 3], [3, 2, 2], [4, 2, 3], [5, 3, 2]].map(([id, part, row]) => `${id},Name ${id},${REP},${part},${row}`),
    ]); // prettier-ignore
  });

  it('names part and row of the other rows with the same key', async () => {
    const job = await open();
    await put(job.id, 1, csvOf(1, 2, 7));
    await put(job.id, 2, csvOf(3, 7));
    await close(job.id, 2);
    await untilStaged(job.id);
    const { items } = await imports.ask<ImportRowPage>('GET', `/imports/${job.id}/rows?code=duplicate_in_file`);
    expect(items.map(({ part, row, problems }) => [part, row, problems[0]?.message.split(': ')[1]])).toEqual([
      [1, 4, 'part 2 row 3.'],
      [2, 3, 'part 1 row 4.'],
    ]);
  });

  it('replaces a part until they are closed, and takes the same file once more for what it was', async () => {
    const job = await open();
    const [first, same] = [(await put(job.id, 1, csvOf(1))).body, (await put(job.id, 1, csvOf(1))).body];
    expect(same.uploadId).toBe(first.uploadId);
    const other = (await put(job.id, 1, csvOf(1, 2))).body;
    expect(other).toMatchObject({ part: 1, rows: 2 });
    expect(other.uploadId).not.toBe(first.uploadId);
    const upload = await imports.ask<UploadDto>('POST', '/uploads', formOf(csvOf(9)));
    expect(await answer('PUT', `/imports/${job.id}/parts/2`, { uploadId: upload.id })).toMatchObject({ status: 200, part: 2 }); // prettier-ignore
    const listed = await imports.ask<ImportPartsDto>('GET', `/imports/${job.id}/parts`);
    expect(listed).toMatchObject({ received: 2, missing: [], closed: false });
    expect(listed.items.map(({ part, uploadId, rows }) => [part, uploadId, rows])).toEqual([[1, other.uploadId, 2], [2, upload.id, 1]]); // prettier-ignore
    expect(await close(job.id, 2)).toMatchObject({ status: 202 });
    expect((await put(job.id, 1, csvOf(1))).body.code).toBe('parts_closed');
    // Its answer was lost, perhaps.
    expect(await close(job.id, 2)).toMatchObject({ status: 202 });
    expect(await close(job.id, 3)).toMatchObject({ status: 409, code: 'parts_closed' });
    expect(await untilStaged(job.id)).toMatchObject({ counters: { read: 3 } });
    expect((await imports.ask<UploadDto>('GET', `/uploads/${upload.id}`)).earlierImports).toMatchObject([{ id: job.id }]); // prettier-ignore
  });

  it('reads CSV, XLSX and ODS as parts of one file, and gives their columns as those of one', async () => {
    const job = await open();
    await put(job.id, 1, `Id;Name;Rep\r\n1;Ann;${REP}\r\n`, 'a.csv');
    const xlsx = await workbook('xlsx', [['Rep', 'City', 'Id', 'Name'], [REP, 'Graz', '007', 'Ben'], [REP, '', '8', 'x'.repeat(5_000)]]); // prettier-ignore
    await put(job.id, 2, xlsx, 'b.xlsx');
    await put(job.id, 3, await workbook('ods', [['Id', 'Name', 'Rep'], ['9', 'Cid', REP]]), 'c.ods'); // prettier-ignore
    await close(job.id, 3);
    expect(await untilStaged(job.id)).toMatchObject({ state: 'staged', counters: { read: 4 } });
    const [header, ...rows] = await resultsOf(job.id, 'unprocessed');
    expect(header).toBe('Id,Name,Rep,City,Part,Row');
    expect(rows.map((line) => line.replace(/x{9,}/, 'x'))).toEqual([
      `1,Ann,${REP},,1,2`,
      `007,Ben,${REP},Graz,2,2`,
      `8,x,${REP},,2,3`,
      `9,Cid,${REP},,3,2`,
    ]);
  });

  it('gives the file of a part up that was replaced or taken back, not one that was uploaded by itself', async () => {
    const job = await open({ count: 2 });
    const preview = (uploadId: string) => answer('GET', `/uploads/${uploadId}/preview`);
    const first = (await put(job.id, 1, csvOf(1))).body;
    const second = (await put(job.id, 1, csvOf(1, 2))).body;
    expect(await preview(first.uploadId)).toMatchObject({ status: 410, code: 'file_removed' });
    expect((await preview(second.uploadId)).status).toBe(200);
    await expect(stat(join(imports.filesFolder, imports.companyId, first.uploadId))).rejects.toThrow('ENOENT');
    const upload = await imports.ask<UploadDto>('POST', '/uploads', formOf(csvOf(9)));
    await answer('PUT', `/imports/${job.id}/parts/2`, { uploadId: upload.id });
    for (const part of [1, 2, 2]) expect(await answer('DELETE', `/imports/${job.id}/parts/${part}`)).toMatchObject({ status: 200, closed: false }); // prettier-ignore
    expect(await imports.ask('GET', `/imports/${job.id}/parts`)).toMatchObject({ items: [], missing: [1, 2] });
    expect((await preview(second.uploadId)).status).toBe(410);
    expect((await preview(upload.id)).status).toBe(200);
    await put(job.id, 1, csvOf(1));
    await put(job.id, 2, csvOf(2));
    await close(job.id, 2);
    expect(await answer('DELETE', `/imports/${job.id}/parts/1`)).toMatchObject({ status: 409, code: 'parts_closed' });
    expect(await untilStaged(job.id)).toMatchObject({ counters: { read: 2 } });
  });

  it('keeps the file of a part that another import has come to use', async () => {
    const job = await open();
    const { uploadId } = (await put(job.id, 1, csvOf(1))).body;
    await imports.ask('POST', '/imports', { uploadId, configuration: customersConfiguration() });
    await put(job.id, 1, csvOf(2));
    expect(await answer('GET', `/uploads/${uploadId}/preview`)).toMatchObject({ status: 200 });
  });

  it('tells rows of parts that were cut from one file by the numbers of that file', async () => {
    const job = await open();
    // Of a file with 1,000 rows the second part begins with row 502; a blank row stands in each.
    await put(job.id, 1, csvOf(1).replace('1,Name', '\r\n1,Name'), 'a.csv', { rowOffset: 0 });
    const { body } = await put(job.id, 2, csvOf(1, 2).replace('2,Name', '\r\n2,Name'), 'a.csv', { rowOffset: 500 });
    expect(body).toMatchObject({ rowOffset: 500, rows: 2 });
    await close(job.id, 2);
    expect(await untilStaged(job.id)).toMatchObject({ state: 'staged', counters: { read: 3 } });
    const { items } = await imports.ask<ImportRowPage>('GET', `/imports/${job.id}/rows`);
    expect(items.map(({ part, row, problems }) => [part, row, problems[0]?.message.split(': ')[1]])).toEqual([
      [undefined, 3, '502.'],
      [undefined, 502, '3.'],
      [undefined, 504, undefined],
    ]);
    expect(await resultsOf(job.id, 'unprocessed')).toEqual([
      `${HEADER},Row`,
      ...[[1, 3], [1, 502], [2, 504]].map(([id, row]) => `${id},Name ${id},${REP},${row}`),
    ]); // prettier-ignore
  });

  it('fails when parts that were cut from one file overlap, and refuses places that are none', async () => {
    const job = await open();
    await put(job.id, 1, csvOf(1, 2), 'a.csv', { rowOffset: 10 });
    expect((await put(job.id, 2, csvOf(3), 'a.csv', { rowOffset: -1 })).body.code).toBe('validation_failed');
    await put(job.id, 2, csvOf(3), 'a.csv', { rowOffset: 11 });
    await close(job.id, 2);
    expect(await untilStaged(job.id)).toMatchObject({ state: 'failed', problem: { code: 'parts_overlap' } });
  });

  it.each(['xlsx', 'ods'] as const)(
    'tells part and row in a result file of %s, and what cells were',
    async (format) => {
      const job = await open();
      await put(job.id, 1, csvOf('007'));
      await put(job.id, 2, await workbook('ods', [['Rep', 'Name', 'Id'], [REP, 'Ben', '8']]), 'b.ods'); // prettier-ignore
      await close(job.id, 2);
      await untilStaged(job.id);
      const response = await imports.send('GET', `/imports/${job.id}/results?outcome=unprocessed&format=${format}&language=de`); // prettier-ignore
      const table = await openTable(bytesSource(Buffer.from(await response.arrayBuffer())));
      const rows = [];
      for await (const batch of table.read({})) rows.push(...batch.rows.map(({ cells }) => cells));
      await table.close();
      expect(rows).toEqual([
        ['Id', 'Name', 'Rep', 'Teil', 'Zeile'],
        ['007', 'Name 007', REP, '1', '2'],
        ['8', 'Ben', REP, '2', '2'],
      ]);
    },
  );

  it.each([
    ['without the column', `Id,Nome,Rep\r\n1,Ann,${REP}\r\n`, 'Name'],
    ['without a header', `5,Ann,${REP}\r\n6,Ben,${REP}\r\n`, 'Id'],
    ['with the column twice', `Id,Name,Name,Rep\r\n1,Ann,Ann,${REP}\r\n`, 'Name'],
  ])('refuses a part %s, naming part and column', async (_, text, column) => {
    const job = await open();
    await put(job.id, 1, csvOf(1));
    const { status, body } = await put(job.id, 2, text);
    expect([status, body.code]).toEqual([422, 'part_columns_differ']);
    expect(body.detail).toContain(`"${column}"`);
    expect(body.detail).toContain('part 2');
    expect(await imports.ask('GET', `/imports/${job.id}`)).toMatchObject({ parts: { received: 1 } });
  });

  it('does nothing with parts that are in before the last one is', async () => {
    const job = await open();
    await put(job.id, 1, csvOf(1));
    for (const command of ['stage', 'plan', 'run']) {
      expect(await answer('POST', `/imports/${job.id}/${command}`)).toMatchObject({ status: 409, code: 'parts_open' });
    }
    const configuration = customersConfiguration();
    expect(await answer('POST', '/imports', { uploadId: job.uploadId, configuration })).toMatchObject({ status: 409, code: 'parts_open' }); // prettier-ignore
    expect(await answer('PUT', `/imports/${(await open()).id}/parts/1`, { uploadId: job.uploadId })).toMatchObject({ status: 404 }); // prettier-ignore
    expect(await close(job.id, 1, 'plan')).toMatchObject({ status: 202 });
    await untilStaged(job.id);
    // What all parts make up can be imported once more as one.
    expect(await answer('POST', '/imports', { uploadId: job.uploadId, configuration })).toMatchObject({ status: 202 });
    expect(await answer('GET', `/uploads/${job.uploadId}/preview`)).toMatchObject({ rows: [{ row: 2 }] });
  });

  it.each([
    ['both file and parts', { uploadId: newId(), parts: {} }, 422],
    ['neither', {}, 422],
    ['a name with a blank', { parts: { seriesId: 'a b' } }, 422],
    ['no parts', { parts: { count: 0 } }, 422],
  ])('refuses %s', async (_, body, status) => {
    expect(await answer('POST', '/imports', { ...body, configuration: customersConfiguration() })).toMatchObject({ status, code: 'validation_failed' }); // prettier-ignore
  });

  it('knows no parts of imports that are not for parts, nor numbers beyond its own', async () => {
    const job = await imports.importFile(csvOf(1), customersConfiguration());
    expect((await put(job.id, 1, csvOf(1))).body.code).toBe('parts_closed');
    expect(await close(job.id, 1)).toMatchObject({ code: 'parts_closed' });
    expect(job.parts).toBeNull();
    expect(await answer('GET', `/imports/${job.id}/parts`)).toMatchObject({ items: [], closed: true });
    const two = await open({ count: 2 });
    for (const part of [0, 3, 'x', '1001', '-1']) expect((await put(two.id, part, csvOf(1))).body.code).toBe('part_out_of_range'); // prettier-ignore
    await put(two.id, 1, csvOf(1));
    await put(two.id, 2, csvOf(2));
    expect(await close(two.id, 1)).toMatchObject({ code: 'part_count_differs' });
    const free = await open();
    await put(free.id, 3, csvOf(1));
    expect(await close(free.id, 2)).toMatchObject({ code: 'part_out_of_range' });
  });

  it('answers ids of others like unknown ones', async () => {
    for (const id of [newId(), 'x']) {
      expect(await put(id, 1, csvOf(1))).toMatchObject({ status: 404, body: { code: 'import_not_found' } });
      expect(await close(id, 1)).toMatchObject({ status: 404, code: 'import_not_found' });
      expect(await answer('GET', `/imports/${id}/parts`)).toMatchObject({ status: 404, code: 'import_not_found' });
      const job = await open();
      expect(await answer('PUT', `/imports/${job.id}/parts/1`, { uploadId: id })).toMatchObject({ status: 404, code: 'upload_not_found' }); // prettier-ignore
    }
  });
});
