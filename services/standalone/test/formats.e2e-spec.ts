import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTableWriter, type OutputCell, type OutputRow, type TableFormat } from '@muster/tabular';
import { customers, newCompany, refusal, run, type Tenant } from './api.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, customerTable, repOf } from './tables.js';

const FORMATS = ['csv', 'xlsx', 'ods'] as const;
const WORKBOOKS = ['xlsx', 'ods'] as const;

async function file(
  format: TableFormat,
  rows: readonly OutputRow[],
  sheetName?: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const output = new PassThrough();
  const bytes = buffer(output);
  const writer = await createTableWriter(format, output, { sheetName, language: 'de' });
  await writer.write(rows);
  await writer.end();
  return Uint8Array.from(await bytes);
}

describe('files of every format', () => {
  let system: System;
  let tenant: Tenant;

  beforeAll(async () => {
    system = await standaloneSystem();
  });
  afterAll(() => system?.stop());

  const fresh = async () => {
    tenant = await newCompany(system, 2);
  };
  const upload = async (bytes: Uint8Array<ArrayBuffer>, name: string) => {
    const form = new FormData();
    form.set('file', new Blob([bytes]), name);
    const headers = { authorization: `Bearer ${tenant.token}` };
    const response = await fetch(`${system.url}/v1/uploads`, { method: 'POST', headers, body: form });
    return (await response.json()) as { id: string; rows: number; source: Record<string, unknown> };
  };

  it('mean the same: what one creates is unchanged for the others, character by character', async () => {
    await fresh();
    const { rows, fields } = customerTable(300, 2);
    for (const [i, format] of FORMATS.entries()) {
      const request = { file: await file(format, rows), configuration: configuration(fields), fileName: 'named.bin' };
      const done = await run(system, tenant, request);
      expect(done).toMatchObject({
        state: 'completed',
        counters: { read: 300, [i === 0 ? 'created' : 'unchanged']: 300 },
      });
    }
    const texts = new Map(rows.slice(1).map(([, id = '', , city]) => [id, city]));
    for (const { externalId, city } of await customers(tenant)) expect(city).toBe(texts.get(externalId ?? ''));
  });

  const header = ['Rep', 'Id', 'name1', 'latitude', 'longitude', 'callInterval', 'doNotCall', 'lastCall', 'postalCode'];
  const typed = configuration(header.slice(2));

  it.each(WORKBOOKS)('%s: cells that are numbers, dates and truth values are read as such', async (format) => {
    await fresh();
    const cells: OutputCell[] = [
      ...[repOf(0, 2), { text: '4711', kind: 'number' as const }, 'A', 48.125, 16.5, 14, true],
      ...[{ text: '2026-11-23T08:30:00', kind: 'dateTime' as const }, '01067'],
    ];
    const source = { decimalSeparator: ',', dateFormat: 'dd.MM.yyyy' };
    const request = { file: await file(format, [header, cells]), configuration: { ...typed, source } };
    expect(await run(system, tenant, request)).toMatchObject({ state: 'completed', counters: { created: 1 } });
    expect(await customers(tenant)).toMatchObject([
      {
        ...{ externalId: '4711', name1: 'A', latitude: 48.125, longitude: 16.5, callInterval: 14, doNotCall: true },
        ...{ lastCall: '2026-11-23T08:30:00', postalCode: '01067' },
      },
    ]);
  });

  it.each(WORKBOOKS)('%s: an error in a mapped cell makes its row invalid, and the failed file is good again', async (format) => {
    await fresh();
    const row = (id: string, name: OutputCell, latitude: OutputCell) => [repOf(0, 2), id, name, latitude, 16.25];
    const rows = [
      header.slice(0, 5),
      row('A', 'good', 48.5),
      row('B', { text: '#N/A', kind: 'error' }, 48.125),
    ];
    const config = { ...configuration(header.slice(2, 5)), source: { decimalSeparator: ',' } };
    const done = await run(system, tenant, { file: await file(format, rows), configuration: config });
    expect(done).toMatchObject({ state: 'completedWithErrors', counters: { created: 1, invalid: 1 } });
    const url = `${system.url}/v1/imports/${done.id}/results?outcome=failed&language=de`;
    const failed = await (await fetch(url, { headers: { authorization: `Bearer ${tenant.token}` } })).text();
    expect(failed).toContain(';B;#N/A;48,125;16,25;error_cell;name1;');
    const again = await run(system, tenant, { file: failed.replace('#N/A', 'mended'), configuration: config });
    expect(again).toMatchObject({ state: 'completed', counters: { read: 1, created: 1 } });
    expect((await customers(tenant)).find(({ externalId }) => externalId === 'B')).toMatchObject({
      ...{ name1: 'mended', latitude: 48.125, longitude: 16.25 },
    });
  }); // prettier-ignore

  it.each(WORKBOOKS)('%s: says what it recognised, and rows by their number in the sheet', async (format) => {
    await fresh();
    const rows = [
      { row: 2, cells: ['Customers of November'] },
      { row: 4, cells: ['Rep', 'Id', 'name1'] },
      { row: 7, cells: [repOf(0, 2), 'A', 'first'] },
      { row: 9, cells: [repOf(1, 2), 'B', 'second'] },
    ];
    const bytes = await file(format, rows, 'Kunden');
    const { id, ...found } = await upload(bytes, 'misleading.csv');
    expect(found).toMatchObject({
      rows: 2,
      source: { format, sheet: 'Kunden', otherSheets: [], headerRow: 4, columns: ['Rep', 'Id', 'name1'] },
    });
    const preview = await tenant.client.GET('/v1/uploads/{id}/preview', { params: { path: { id } } });
    expect(preview.data?.rows.map(({ row }) => row)).toEqual([7, 9]);
    const sheet = { ...configuration(['name1']), source: { sheet: 'Nowhere' } };
    expect(await refusal(system, tenant, { file: bytes, configuration: sheet })).toMatchObject({
      ...{ status: 422, body: { code: 'sheet_not_found' } },
    });
  });

  it.each(WORKBOOKS)('%s: half of a file is refused, and nothing is kept', async (format) => {
    await fresh();
    const whole = await file(format, customerTable(50, 2).rows);
    const request = { file: whole.slice(0, whole.length / 2), configuration: configuration(['name1']) };
    expect(await refusal(system, tenant, request)).toMatchObject({ status: 422, body: { code: 'file_unreadable' } });
    expect(await customers(tenant)).toEqual([]);
  });
});
