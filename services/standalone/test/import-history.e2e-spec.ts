import { createHash } from 'node:crypto';
import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesSource, openTable } from '@muster/tabular';
import { newCompany, run, untilFinal, until, type Import, type Tenant } from './api.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';
import { configuration, csv, repOf } from './tables.js';

const HEADER = ['Rep', 'Id', 'name1', 'city'];
/** Of two reps: three that are there, of which one is as it was, and two that are not. */
const BEFORE = csv([
  HEADER,
  [repOf(0, 2), 'A', 'Ann', 'Wien'],
  [repOf(0, 2), 'B', 'Ben', 'Graz'],
  [repOf(1, 2), 'C', '=1+1', 'Linz'],
]);
const AFTER = csv([
  HEADER,
  [repOf(0, 2), 'A', 'Ann', 'Wels'],
  [repOf(0, 2), 'B', 'Ben', 'Graz'],
  [repOf(1, 2), 'C', '=2+2', 'Linz'],
  [repOf(1, 2), 'D', 'Dan', 'Enns'],
  ['nobody@example.com', 'E', 'Eve', 'Steyr'],
]);
const CONFIGURATION = configuration(['name1', 'city']);
const CHANGED = 'FFC6EFCE';
const FAULTY = 'FFFFC7CE';

describe('the history of imports', () => {
  let system: StandaloneSystem;
  let tenant: Tenant;
  let stranger: Tenant;
  let first: Import;
  let planned: Import;

  beforeAll(async () => {
    system = await standaloneSystem();
    [tenant, stranger] = [await newCompany(system, 2), await newCompany(system, 1)];
    first = await run(system, tenant, { file: BEFORE, configuration: CONFIGURATION, fileName: 'Tour "Süd"; März.csv' });
    const form = new FormData();
    form.set('file', new Blob([AFTER]), 'next.csv');
    const upload = (await (await fetch(`${system.url}/v1/uploads`, { method: 'POST', headers: headersOf(tenant), body: form })).json()) as { id: string }; // prettier-ignore
    const body = { uploadId: upload.id, configuration: CONFIGURATION as Record<string, never>, then: 'plan' as const };
    const { data, error } = await tenant.client.POST('/v1/imports', { body });
    if (!data) throw new Error(JSON.stringify(error));
    planned = await until(tenant, data.id, ({ state }) => state === 'planned');
  });
  afterAll(() => system?.stop());

  const headersOf = ({ token }: Tenant) => ({ authorization: `Bearer ${token}` });
  const get = (path: string, who = tenant) => fetch(system.url + path, { headers: headersOf(who) });

  /** Rows of every sheet, by our own reader. */
  async function sheets(path: string): Promise<Record<string, string[][]>> {
    const response = await get(path);
    expect(response.status).toBe(200);
    const table = await openTable(bytesSource(Buffer.from(await response.arrayBuffer())));
    const found: Record<string, string[][]> = {};
    for (const name of table.sheets.length > 0 ? table.sheets.map((sheet) => sheet.name) : [undefined]) {
      const rows: string[][] = [];
      for await (const batch of table.read(name === undefined ? {} : { sheet: name })) {
        rows.push(...batch.rows.map(({ cells }) => cells));
      }
      found[name ?? ''] = rows;
    }
    await table.close();
    return found;
  }
  const byHeader = ([header = [], ...rows]: string[][]) =>
    rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));

  it.each(['xlsx', 'ods', 'csv'])('has the plan as %s: each row as it will be stored, and what it comes to', async (format) => {
    const found = await sheets(`/v1/imports/${planned.id}/plan?format=${format}&language=en`);
    const [plan = []] = Object.values(found);
    const rows = byHeader(plan);
    expect(rows.map((row) => [row['Row'], row['What happens'], row['Name'], row['City'], row['City (before)']])).toEqual([
      ['2', 'Updated', 'Ann', 'Wels', 'Wien'],
      ['3', 'Unchanged', 'Ben', 'Graz', ''],
      ['4', 'Updated', '=2+2', 'Linz', ''],
      ['5', 'Created', 'Dan', 'Enns', ''],
      ['6', 'Invalid', 'Eve', 'Steyr', ''],
    ]);
    expect(rows[2]).toMatchObject({ 'Name (before)': '=1+1' });
    if (format === 'csv') return;
    const sums = byHeader(found['Summary'] ?? []);
    const outcomes = ['Created', 'Updated', 'Unchanged', 'Ignored', 'Invalid', 'Failed', 'Not processed'];
    for (const line of sums) {
      expect(outcomes.reduce((sum, name) => sum + Number(line[name]), 0)).toBe(Number(line['Rows']));
    }
    const [all, ...reps] = sums;
    for (const name of ['Rows', ...outcomes]) {
      expect(reps.reduce((sum, line) => sum + Number(line[name]), 0)).toBe(Number(all?.[name]));
    }
    expect(all).toMatchObject({ Rep: 'All', Rows: '5', Created: '1', Updated: '2', Unchanged: '1', Invalid: '1' });
  }); // prettier-ignore

  it('colours the cells that change in the plan, and those that stand in the way', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await (await get(`/v1/imports/${planned.id}/plan?language=en`)).arrayBuffer());
    const sheet = workbook.getWorksheet('Plan');
    const headers = (sheet?.getRow(1).values ?? []) as string[];
    const colourOf = (row: number, header: string) => {
      const fill = sheet?.getRow(row).getCell(headers.indexOf(header)).fill;
      return fill?.type === 'pattern' ? fill.fgColor?.argb : undefined;
    };
    const columns = ['What happens', 'Name', 'City', 'City (before)'];
    const colours = [2, 3, 4, 6].map((row) => columns.map((header) => colourOf(row, header)));
    expect(colours).toEqual([
      [CHANGED, undefined, CHANGED, undefined],
      [undefined, undefined, undefined, undefined],
      [CHANGED, CHANGED, undefined, undefined],
      [FAULTY, undefined, undefined, undefined],
    ]);
  });

  it('is found by what is known of a run, and is the same as a file', async () => {
    const day = first.createdAt.slice(0, 10);
    const query = `unattended=true&origin=api&hasErrors=false&entity=customer&from=${day}&state=completed,failed`;
    const { items } = (await (await get(`/v1/imports?${query}`)).json()) as { items: Import[] };
    expect(items.map(({ id }) => id)).toEqual([first.id]);
    for (const format of ['xlsx', 'ods', 'csv']) {
      const [table = []] = Object.values(await sheets(`/v1/imports/export?format=${format}&language=de&${query}`));
      expect(byHeader(table)).toMatchObject([
        {
          ...{ Import: first.id, Was: 'Kunden', Modus: 'upsert', Zustand: 'abgeschlossen', Wie: 'API' },
          ...{ 'SHA-256': sha256Of(BEFORE), 'Gelesene Zeilen': '3', Angelegt: '3', Unbeaufsichtigt: 'Ja' },
          ...{ Von: 'Ada Admin', Kennung: first.createdBy, Wiederherstellungspunkt: first.restorePointId },
        },
      ]);
    }
    const [all = []] = Object.values(await sheets('/v1/imports/export?format=csv&language=en'));
    expect(byHeader(all).map((line) => [line['Import'], line['State'], line['How']])).toEqual([
      [planned.id, 'checked, nothing written', 'Assistant'],
      [first.id, 'completed', 'API'],
    ]);
  });

  it('has the file of an import again, byte for byte', async () => {
    const response = await get(first.links['file'] ?? '');
    expect([response.status, response.headers.get('etag')]).toEqual([200, `"${sha256Of(BEFORE)}"`]);
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename\*=UTF-8''Tour%20\S+\.csv$/);
    expect(await response.text()).toBe(BEFORE);
  });

  it('is that of one company', async () => {
    for (const path of [`/v1/imports/${planned.id}/plan`, `/v1/imports/${planned.id}`, first.links['file'] ?? '']) {
      expect((await get(path, stranger)).status).toBe(404);
    }
    const nothing = await (await get('/v1/imports/export?format=csv&language=en', stranger)).text();
    expect(nothing.trimEnd().split('\r\n')).toHaveLength(1);
    expect(await (await get('/v1/imports', stranger)).json()).toMatchObject({ items: [] });
  });

  it('ends with the run that the plan foresaw', async () => {
    await tenant.client.POST('/v1/imports/{id}/run', { params: { path: { id: planned.id } } });
    const done = await untilFinal(tenant, planned.id);
    expect(done).toMatchObject({ state: 'completedWithErrors', counters: planned.plan, changedSincePlan: 0 });
    expect((await get(`/v1/imports/${planned.id}/plan`)).status).toBe(409);
    const { items } = (await (await get('/v1/imports?hasErrors=true')).json()) as { items: Import[] };
    expect(items.map(({ id }) => id)).toEqual([planned.id]);
  });
});

function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
