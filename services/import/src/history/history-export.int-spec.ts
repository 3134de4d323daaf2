import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namesOfActors } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { bytesSource, openTable } from '@muster/tabular';
import type { ImportDto } from '../imports/import.dto.js';
import { csvOf, formOf } from '../test-support/forms.js';
import { customersConfiguration, startImportService, type ImportService } from '../test-support/import-service.js';
import { writeOldImports } from '../test-support/old-imports.js';

const COUNT = 1_200;
const BEFORE = new Date('2026-11-20T00:00:00Z');
const CONFIGURATION = newId();

describe('the export of the history', () => {
  let imports: ImportService;
  const asked: string[][] = [];

  beforeAll(async () => {
    imports = await startImportService();
    const { companyId, service } = imports;
    const old = { count: COUNT, before: BEFORE };
    await writeOldImports(service.database, { ...old, companyId, configurationId: CONFIGURATION });
    await writeOldImports(service.database, { ...old, count: 10, companyId: newId() });
    service.answer(namesOfActors, ({ actors }) => {
      asked.push(actors);
      return { names: [{ actor: `user:${'2'.repeat(32)}`, name: '=Ada' }] };
    });
  });
  afterAll(() => imports?.stop());

  const get = (query: string) => imports.send('GET', `/imports/export?${query}`);
  async function rows(query: string): Promise<string[][]> {
    const response = await get(query);
    expect(response.status, await (response.ok ? '' : response.clone().text())).toBe(200);
    const table = await openTable(bytesSource(Buffer.from(await response.arrayBuffer())));
    const read = [];
    for await (const batch of table.read()) read.push(...batch.rows.map(({ cells }) => cells));
    await table.close();
    return read;
  }
  /** By header. */
  async function records(query: string): Promise<Map<string, string>[]> {
    const [headers = [], ...lines] = await rows(query);
    return lines.map((cells) => new Map(headers.map((header, i) => [header, cells[i] ?? ''])));
  }

  it.each(['xlsx', 'csv', 'ods'])('as %s has every import once, newest first, over several pages', async (format) => {
    const lines = await records(`format=${format}&language=en&to=2026-11-20T00:00:00Z`);
    expect(lines).toHaveLength(COUNT);
    const created = lines.map((line) => line.get('Created (Europe/Vienna)') ?? '');
    expect(created).toEqual(created.toSorted().toReversed());
    expect(new Set(lines.map((line) => line.get('Import'))).size).toBe(COUNT);
    expect(Object.fromEntries(lines[0] ?? [])).toMatchObject({
      'Created (Europe/Vienna)': '2026-11-20T00:00:00',
      ...{ What: 'Customers', Mode: 'sync', State: 'completed with errors', Codes: '', Notes: '' },
      ...{ File: '=nightly;1.csv', Bytes: '1000', 'SHA-256': 'a'.repeat(64), Parts: '', 'Rows of the file': '10' },
      ...{ 'Rows read': '10', Created: '9', Invalid: '1', 'Not processed': '0', 'Absent and removed': '0' },
      ...{
        By: `API key ${'1'.repeat(32)}`,
        Actor: `key:${'1'.repeat(32)}`,
        How: 'Drop-in endpoint',
        Unattended: 'Yes',
      },
      ...{ Version: '1', 'Configuration id': CONFIGURATION, Seconds: '5', 'Rows per second': '2' },
    });
    expect(Object.fromEntries(lines[1] ?? [])).toMatchObject({ By: '=Ada', How: 'Assistant', Unattended: 'No' });
  });

  it('asks once for names that are known', async () => {
    asked.length = 0;
    await rows(`format=csv&createdBy=user:${'2'.repeat(32)}`);
    expect(asked).toEqual([[`user:${'2'.repeat(32)}`]]);
  });

  it('speaks both languages, and lets the same filters pass', async () => {
    const lines = await records('format=csv&language=de&entity=task&hasErrors=true&from=2026-11-15&to=2026-11-17');
    expect(lines.map((line) => [line.get('Was'), line.get('Zustand'), line.get('Ungültig'), line.get('Wie')])).toEqual([
      ['Aufgaben', 'mit Fehlern abgeschlossen', '1', 'Assistent'],
      ['Aufgaben', 'mit Fehlern abgeschlossen', '1', 'Drop-in-Endpunkt'],
    ]);
  });

  it('has no cell that a spreadsheet calculates', async () => {
    const text = await (await get('format=csv&language=en&to=2026-11-20T00:00:00Z')).text();
    expect(text).toContain(`,'=nightly;1.csv,`);
    expect(text).toContain(`,'=Ada,`);
    expect(text).not.toMatch(/(^|,)"?=/m);
  });

  it('tells what the run said: parts, guard, approval, what it withheld, a state of its own for the night', async () => {
    const configuration = customersConfiguration();
    const opened = await imports.ask<ImportDto>('POST', '/imports', {
      parts: { count: 2, seriesId: 'nightly-7' },
      configuration,
    });
    await imports.send('PUT', `/imports/${opened.id}/parts/1`, formOf(csvOf(1, 2)));
    const scope = { companyId: imports.companyId, actor: 'system', cause: 'request:test' };
    const guard = [{ effect: 'recordRemovals', planned: 120, base: 500, limit: 20, exceeded: true }];
    await imports.service.app
      .get(UnitOfWork)
      .run(scope, (manager) =>
        manager.query(
          `update import_job set state = 'scheduled', guard = $2, approved_by = $3, absentees = $4, warnings = $5, restore_point_id = id where id = $1`,
          [
            opened.id,
            JSON.stringify(guard),
            `user:${'2'.repeat(32)}`,
            JSON.stringify({ planned: 3, withheld: 'unknown_rep', passedOver: [] }),
            JSON.stringify([{ code: 'approval_pending', params: { importId: opened.id } }]),
          ],
        ),
      );
    const [line] = await records('format=xlsx&language=en');
    expect(Object.fromEntries(line ?? [])).toMatchObject({
      ...{ Import: opened.id, State: 'waits for the night', Codes: 'removals_withheld; approval_pending' },
      ...{ Series: 'nightly-7', Parts: '1', 'Rows of the file': '2', 'Restore point': opened.id },
      ...{
        Guard: 'Records moved to the recycle bin: 120 of 500, limit 20',
        'Needed approval': 'Yes',
        'Approved by': '=Ada',
      },
      ...{ Seconds: '', 'Rows per second': '' },
    });
    expect(line?.get('Notes')?.split('\n')).toHaveLength(2);
  });

  it('is named by the day, is not to be kept, and of no other company', async () => {
    const response = await get('format=csv&language=de');
    const lines = (await response.text()).trimEnd().split('\r\n');
    expect(lines.filter((line) => line.includes('nightly;1.csv')).length).toBe(COUNT);
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename\*=UTF-8''Importverlauf%20\d{4}-\d\d-\d\d\.csv$/,
    );
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it.each([
    ['format=pdf', '/format'],
    ['', '/format'],
    ['format=csv&limit=5', '/limit'],
    ['format=csv&state=done', '/state'],
  ])('is refused with %s', async (query, pointer) => {
    const response = await get(query);
    expect([response.status, await response.json()]).toMatchObject([422, { errors: [{ pointer }] }]);
  });
});
