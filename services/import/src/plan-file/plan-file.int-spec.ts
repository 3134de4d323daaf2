import ExcelJS from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesSource, openTable } from '@muster/tabular';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import { playOwners, type Owners } from '../test-support/owners.js';

const FILE = [
  'Id,Name,Rep,City',
  `1,Ann,${REP},Wien`,
  `2,Ben,${REP},Graz`,
  `3,Cid,${REP},`,
  `4,Dan,${REP},Linz`,
  `5,Eve,nobody@example.com,Linz`,
].join('\r\n');
const CONFIGURATION = customersConfiguration({
  mappings: [
    { SourceFieldID: 'Id', TargetFieldID: 'externalId', UpdateBehavior: 2 },
    { SourceFieldID: 'Name', TargetFieldID: 'name1', UpdateBehavior: 0 },
    { SourceFieldID: 'City', TargetFieldID: 'city', UpdateBehavior: 0, emptyCell: 'clear' },
  ],
});
const decide: Owners['decide'] = (_row, _order, { externalId }) => {
  if (externalId === '1') return { outcome: 'created' };
  if (externalId === '2') return { outcome: 'updated', changes: [{ field: 'city', from: 'Wien', to: 'Graz' }] };
  if (externalId === '3') return { outcome: 'updated', changes: [{ field: 'city', from: 'Linz', to: null }] };
  return { outcome: 'invalid', problems: [{ code: 'value_taken', field: 'name1' }] };
};

describe('a plan as a file', () => {
  let imports: ImportService;
  let owners: Owners;
  let id: string;

  beforeAll(async () => {
    imports = await startImportService();
    owners = await playOwners(imports.service);
    owners.decide = decide;
    ({ id } = await imports.importFile(FILE, CONFIGURATION, 'plan'));
  });
  afterAll(async () => {
    await owners?.stop();
    await imports?.stop();
  });

  const get = (query: string, of = id) => imports.send('GET', `/imports/${of}/plan?${query}`);
  async function sheets(query: string): Promise<Record<string, string[][]>> {
    const response = await get(query);
    expect(response.status).toBe(200);
    const table = await openTable(bytesSource(Buffer.from(await response.arrayBuffer())));
    const found: Record<string, string[][]> = {};
    for (const { name } of table.sheets.length > 0 ? table.sheets : [{ name: undefined }]) {
      const rows: string[][] = [];
      for await (const batch of table.read(name === undefined ? {} : { sheet: name })) {
        rows.push(...batch.rows.map(({ cells }) => cells));
      }
      found[name ?? 'csv'] = rows;
    }
    await table.close();
    return found;
  }

  it.each(['xlsx', 'ods'])('has every row as it will be stored, and what it was (%s)', async (format) => {
    const { Plan = [], Summary = [] } = await sheets(`format=${format}&language=en`);
    const [header, ...rows] = Plan;
    expect(header?.slice(0, 3)).toEqual(['Row', 'What happens', 'Rep']);
    expect(header?.slice(4, 9)).toEqual(['Name', 'Name (before)', 'City', 'City (before)', 'Notes']);
    expect(rows.map(([row, outcome, , key, name, , city = '', before = '']) => [row, outcome, key, name, city, before])).toEqual([
      ['2', 'Created', '1', 'Ann', 'Wien', ''],
      ['3', 'Updated', '2', 'Ben', 'Graz', 'Wien'],
      ['4', 'Updated', '3', 'Cid', '(empty)', 'Linz'],
      ['5', 'Invalid', '4', 'Dan', 'Linz', ''],
      ['6', 'Invalid', '5', 'Eve', 'Linz', ''],
    ]); // prettier-ignore
    expect(rows.slice(3).map((cells) => cells[8])).toEqual([
      expect.stringMatching(/^Name: /),
      expect.stringMatching(/^Rep: /),
    ]);
    // Nothing is absent from the file of an upsert.
    expect(Summary[0]?.slice(7)).toEqual(['Failed', 'Not processed']);
    expect(Summary.map((cells) => cells.slice(0, 7))).toEqual([
      ['Rep', 'Rows', 'Created', 'Updated', 'Unchanged', 'Ignored', 'Invalid'],
      ['All', '5', '1', '2', '0', '0', '2'],
      [expect.stringContaining(REP), '4', '1', '2', '0', '0', '1'],
      ['nobody@example.com', '1', '0', '0', '0', '0', '1'],
    ]);
  });

  it('colours what changes and what is wrong', async () => {
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load(await (await get('language=de')).arrayBuffer());
    const sheet = workbook.getWorksheet('Vorschau');
    const colourOf = (cell: string) => {
      const fill = sheet?.getCell(cell).fill;
      return fill?.type === 'pattern' ? fill.fgColor?.argb : undefined;
    };
    const [green, red] = ['FFC6EFCE', 'FFFFC7CE'];
    expect(['B2', 'B3', 'G2', 'G3', 'G4', 'H3', 'E5', 'B6'].map(colourOf)).toEqual([
      ...[green, green, undefined, green, green, undefined, red, red],
    ]);
    expect(sheet?.getCell('H4').value).toBe('Linz');
  });

  it('is the rows of one rep, also as CSV', async () => {
    const { items } = await imports.ask<{ items: { userId: string | null }[] }>('GET', `/imports/${id}/reps`);
    const [csv = []] = Object.values(await sheets(`format=csv&language=en&rep=${items[0]?.userId}`));
    expect(csv.map(([row]) => row)).toEqual(['Row', '2', '3', '4', '5']);
    const unknown = await get(`rep=${'f'.repeat(32)}`);
    expect([unknown.status, await unknown.json()]).toMatchObject([422, { code: 'unknown_rep_in_request' }]);
  });

  it('is there only where a plan is', async () => {
    const staged = await imports.importFile(FILE, CONFIGURATION);
    const before = await get('', staged.id);
    expect([before.status, await before.json()]).toMatchObject([409, { code: 'import_without_plan' }]);
    expect((await get('', '0'.repeat(32))).status).toBe(404);
    const planned = await imports.importFile(FILE, CONFIGURATION, 'plan');
    await imports.ask('PATCH', `/imports/${planned.id}/assignment`, {}, { 'if-match': '*' });
    expect((await get('', planned.id)).status).toBe(409);
  });
});
