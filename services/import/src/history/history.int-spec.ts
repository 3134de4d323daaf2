import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { newId, UnitOfWork } from '@muster/persistence';
import type { ImportDto, ImportPage } from '../imports/import.dto.js';
import { csvOf, formOf } from '../test-support/forms.js';
import { customersConfiguration, startImportService, type ImportService } from '../test-support/import-service.js';
import { writeOldImports } from '../test-support/old-imports.js';
import type { HistoryFilter } from './history-filter.js';
import { HistoryRepository } from './history.repository.js';

const COUNT = 20_000;
const BEFORE = new Date('2026-11-20T00:00:00Z');
const CONFIGURATION = newId();
const KEY = `key:${'1'.repeat(32)}`;

describe('the history over 20,000 imports', () => {
  let imports: ImportService;
  beforeAll(async () => {
    imports = await startImportService();
    const { database } = imports.service;
    const old = { count: COUNT, before: BEFORE };
    await writeOldImports(database, { ...old, companyId: imports.companyId, configurationId: CONFIGURATION });
    await writeOldImports(database, { ...old, count: 2_000, companyId: newId() });
  });
  afterAll(() => imports?.stop());

  const hoursBefore = (hours: number) => new Date(BEFORE.getTime() - hours * 60 * 60_000);
  const list = (query: string) => imports.ask<ImportPage>('GET', `/imports?${query}`);
  /** How many hours before `BEFORE` they were made. */
  const hoursOf = ({ items }: ImportPage) =>
    items.map(({ createdAt }) => (BEFORE.getTime() - new Date(createdAt).getTime()) / (60 * 60_000) - 1);

  it.each<[string, number[]]>([
    ['', [0, 1, 2]],
    ['entity=user', [2, 5, 8]],
    ['state=completedWithErrors', [0, 10, 20]],
    ['state=completedWithErrors,failed', [0, 10, 20]],
    ['state=completedWithErrors&state=completed', [0, 1, 2]],
    ['state=failed', []],
    ['hasErrors=true', [0, 10, 20]],
    ['hasErrors=false&unattended=true', [4, 8, 12]],
    ['origin=dropIn', [0, 4, 8]],
    [`createdBy=${KEY}&entity=task`, [4, 16, 28]],
    [`configuration=${CONFIGURATION}`, [0, 100, 200]],
    [`configuration=${newId()}`, []],
    ['to=2026-11-19T20:00:00Z', [4, 5, 6]],
    ['from=2026-11-19T20:00:00Z', [0, 1, 2]],
    ['from=2026-11-19T20:00:00Z&to=2026-11-19T22:00:00Z', [2, 3]],
    // In Vienna: an hour before UTC in November.
    ['to=2026-11-18&unattended=true', [28, 32, 36]],
    ['from=2026-11-19&to=2026-11-19&entity=customer&unattended=true', [12, 24]],
    ['from=2026-11-18T23:30&to=2026-11-19T01:30', [23, 24]],
    // As far away as can be said.
    ['from=0000-01-01&to=9999-12-31', [0, 1, 2]],
    ['from=0000-01-01T00:00:00Z&to=9999-12-31T23:59:59-23:59', [0, 1, 2]],
    ['from=9999-12-31', []],
    ['to=0001-01-01', []],
  ])('%s finds what it says, newest first', async (query, hours) => {
    expect(hoursOf(await list(`limit=3&${query}`))).toEqual(hours);
  });

  it('goes through all pages of a filter, whatever comes meanwhile', async () => {
    const path = 'entity=task&hasErrors=true&from=2026-06-01&limit=7';
    const seen: number[] = [];
    for (let cursor = ''; ;) {
      const page = await list(`${path}${cursor && `&cursor=${cursor}`}`);
      seen.push(...hoursOf(page));
      if (cursor === '') await imports.importFile(csvOf(1), customersConfiguration());
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    const since = new Date('2026-05-31T22:00:00Z');
    const expected = Array.from({ length: COUNT }, (_, n) => n).filter(
      (n) => n % 30 === 10 && hoursBefore(n + 1) >= since,
    );
    expect(seen).toEqual(expected);
  });

  it.each([
    ['state=done', '/state'],
    ['state=completed,done', '/state'],
    ['from=2026-02-30', '/from'],
    ['to=yesterday', '/to'],
    ['configuration=1', '/configuration'],
    ['unattended=maybe', '/unattended'],
    ['origin=mail', '/origin'],
    ['howMany=3', '/howMany'],
  ])('%s is refused by name', async (query, pointer) => {
    const response = await imports.send('GET', `/imports?${query}`);
    expect([response.status, await response.json()]).toMatchObject([422, { errors: [{ pointer }] }]);
  });

  const DAY = { from: hoursBefore(10_024), to: hoursBefore(10_000) };
  it.each<[string, HistoryFilter]>([
    ['no filter', {}],
    ['what there is much of', { entity: 'customer', states: ['completed', 'completedWithErrors'] }],
    ['what there is little of', { configurationId: CONFIGURATION, hasErrors: true }],
    ['what there is nothing of', { states: ['failed'], createdBy: KEY }],
    ['a day long ago', DAY],
    ['the nightly run of a day long ago', { ...DAY, unattended: true, origin: 'dropIn' }],
  ])('%s is found by an index, in its order', async (_what, filter) => {
    const scope = { companyId: imports.companyId, actor: 'system', cause: 'request:test' };
    const plan = await imports.service.app.get(UnitOfWork).run(scope, async (manager) => {
      const sent = vi.spyOn(manager, 'query');
      await new HistoryRepository().ids(manager, filter, 51);
      const [statement = '', values] = sent.mock.calls[0] ?? [];
      sent.mockRestore();
      const lines = await manager.query<{ 'QUERY PLAN': string }[]>(
        `explain (analyze, buffers, costs off, timing off) ${statement}`,
        values,
      );
      return lines.map((line) => line['QUERY PLAN']).join('\n');
    });
    // For a day its ids are as good.
    const ids = filter.from ? '|Index Scan Backward using "PK_import_job"' : '';
    expect(plan).toMatch(new RegExp(`Index Only Scan Backward using "IDX_import_job_history"${ids}`));
    expect(plan).not.toMatch(/Sort|Seq Scan/);
    // The rows take 50 MB.
    const pages = [...(plan.split('Planning')[0] ?? '').matchAll(/(?:hit|read)=(\d+)/g)].map(([, n]) => Number(n));
    expect(Math.max(...pages)).toBeLessThan(filter.from ? 20 : 700);
  });
});

describe('how an import came in', () => {
  let imports: ImportService;
  beforeAll(async () => {
    imports = await startImportService();
  });
  afterAll(() => imports?.stop());

  it('is kept, with its file', async () => {
    const stepByStep = await imports.importFile(csvOf(1), customersConfiguration());
    expect(stepByStep).toMatchObject({ origin: 'assistant', unattended: false, fileRemovedAt: null });
    expect(stepByStep.links['file']).toBe(`/v1/uploads/${stepByStep.uploadId}/content`);
    expect(stepByStep.sha256).toMatch(/^[0-9a-f]{64}$/);
    const form = formOf(csvOf(2), { configuration: customersConfiguration() });
    const inOneCall = (await (await imports.send('POST', '/imports', form)).json()) as ImportDto;
    expect(inOneCall).toMatchObject({ origin: 'api', unattended: true });
    const part = { configuration: customersConfiguration(), seriesId: 's', part: 1, parts: 2 };
    const inParts = (await (await imports.send('POST', '/imports', formOf(csvOf(3), part))).json()) as ImportDto;
    expect(inParts).toMatchObject({ origin: 'api', unattended: true });
    expect(inParts.links).not.toHaveProperty('file');
    const { items } = await imports.ask<ImportPage>('GET', '/imports?origin=assistant');
    expect(items.map(({ id }) => id)).toEqual([stepByStep.id]);
  });
});
