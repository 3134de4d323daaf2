import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AssignmentDto, ImportRepPage } from '../assignment/assignment.dto.js';
import type { ImportDto, ImportPage } from '../imports/import.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import { bytesSource, openTable } from '@muster/tabular';
import { NONE } from '../test-support/rep-by-rep.js';
import type { ImportRowPage } from './row.dto.js';

const TOO_LONG = 'x'.repeat(5_000);

describe('what is told of the rows of an import', () => {
  let imports: ImportService;
  beforeAll(async () => {
    imports = await startImportService();
  });
  afterAll(() => imports?.stop());

  const rowsOf = ({ id }: ImportDto, query = '') => imports.ask<ImportRowPage>('GET', `/imports/${id}/rows?${query}`);
  const repsOf = ({ id }: ImportDto) => imports.ask<ImportRepPage>('GET', `/imports/${id}/reps`);

  async function filesOf({ id }: ImportDto) {
    const kinds = ['successful', 'failed', 'unprocessed'];
    const texts = kinds.map(async (outcome) => {
      const response = await imports.send('GET', `/imports/${id}/results?outcome=${outcome}&language=en`);
      expect(response.status).toBe(200);
      return (await response.text()).trimEnd().split('\r\n');
    });
    const [successful, failed, unprocessed] = await Promise.all(texts);
    return { successful, failed, unprocessed };
  }

  it('gives the columns and rows that the configuration reads, not those that were recognised', async () => {
    // Recognised is the header of row 2: the first row is less than half full.
    const file = `Id,Name,Rep,,,,,\r\n1,Ann,${REP},a,b,c,d,e\r\n2,Ben,${REP},a,b,c,d,e\r\n`;
    const job = await imports.importFile(file, customersConfiguration({ source: { headerRow: 1 } }));
    expect(job).toMatchObject({ state: 'staged', counters: { read: 2, unprocessed: 2 } });
    const { unprocessed, failed, successful } = await filesOf(job);
    expect(unprocessed).toEqual(['Id,Name,Rep,,,,,,Row', `1,Ann,${REP},a,b,c,d,e,2`, `2,Ben,${REP},a,b,c,d,e,3`]);
    expect([failed, successful].map((lines) => lines?.length)).toEqual([1, 1]);
  });

  it.each(['xlsx', 'ods'] as const)('gives the rows as %s too, as what their cells were', async (format) => {
    const job = await imports.importFile(`Id,Name,Rep\r\n007,Ann,${REP}\r\n`, customersConfiguration());
    const response = await imports.send('GET', `/imports/${job.id}/results?outcome=unprocessed&format=${format}`);
    expect(response.headers.get('content-disposition')).toContain(`customers-unprocessed.${format}`);
    const table = await openTable(bytesSource(Buffer.from(await response.arrayBuffer())));
    const rows = [];
    for await (const batch of table.read({})) rows.push(...batch.rows.map(({ cells }) => cells));
    await table.close();
    expect(rows).toEqual([['Id', 'Name', 'Rep', 'Row'], ['007', 'Ann', REP, '2']]); // prettier-ignore
  });

  it('cuts the cells of a result file as the configuration says', async () => {
    const file = `Id;Name;Rep;"a,b"\r\n1;Ann;${REP};x\r\n`;
    const job = await imports.importFile(file, customersConfiguration({ source: { delimiter: ';' } }));
    expect((await filesOf(job)).unprocessed).toEqual([`Id,Name,Rep,"a,b",Row`, `1,Ann,${REP},x,2`]);
  });

  it('says of every row that it is unprocessed when an import ends before its run, as its counters do', async () => {
    const job = await imports.importFile(
      `Id,Name,Rep\r\n1,Ann,${REP}\r\n2,${TOO_LONG},${REP}\r\n`,
      customersConfiguration(),
    );
    expect((await repsOf(job)).items).toMatchObject([
      { rows: 2, counters: { ...NONE, read: 2, unprocessed: 2 }, plan: null },
    ]);
    const cancelled = await imports.ask<ImportDto>('POST', `/imports/${job.id}/cancel`);
    expect(cancelled.counters).toEqual({ ...NONE, read: 2, unprocessed: 2 });
    expect((await rowsOf(job)).items).toMatchObject([
      { row: 2, outcome: 'unprocessed', problems: [] },
      { row: 3, outcome: 'unprocessed', problems: [{ code: 'too_long' }] },
    ]);
    expect((await rowsOf(job, 'outcome=invalid')).items).toEqual([]);
    const { failed, unprocessed } = await filesOf(job);
    expect([failed?.length, unprocessed?.length]).toEqual([1, 3]);
  });

  it('has every row of the file as unprocessed while it is to be staged anew', async () => {
    const job = await imports.importFile(`Id,Name,Rep\r\n1,Ann,${REP}\r\n2,Ben,${REP}\r\n`, customersConfiguration());
    await imports.ask(
      'PATCH',
      `/imports/${job.id}`,
      { configuration: customersConfiguration({ mode: 'create' }) },
      { 'if-match': '*' },
    );
    expect((await rowsOf(job)).items).toMatchObject([2, 3].map((row) => ({ row, outcome: 'unprocessed' })));
    const { failed, unprocessed, successful } = await filesOf(job);
    expect([failed, unprocessed, successful].map((lines) => lines?.length)).toEqual([1, 3, 1]);
  });

  it('counts the same for import, reps, rows and files when all or nothing was refused', async () => {
    const file = `Id,Name,Rep\r\n1,${TOO_LONG},${REP}\r\n2,Ben,nobody@example.com\r\n`;
    const configuration = customersConfiguration({ options: { errorPolicy: 'allOrNothing', unknownReps: 'ignore' } });
    const job = await imports.importFile(file, configuration, 'run');
    expect(job).toMatchObject({ state: 'failed', problem: { code: 'rows_invalid' }, startedAt: null });
    expect(job.counters).toEqual({ ...NONE, read: 2, invalid: 1, ignored: 1 });
    expect(job.links).not.toHaveProperty('resume');
    expect((await repsOf(job)).items.map(({ counters }) => counters)).toEqual([
      { ...NONE, read: 1, invalid: 1 },
      { ...NONE, read: 1, ignored: 1 },
    ]);
    expect((await rowsOf(job)).items.map(({ outcome }) => outcome)).toEqual(['invalid', 'ignored']);
    const { failed, unprocessed, successful } = await filesOf(job);
    expect(failed?.[0]).toBe('Id,Name,Rep,Code,Field,Message');
    expect(failed?.[2]).toMatch(/^2,Ben,nobody@example.com,rep_not_found,/);
    expect([failed, unprocessed, successful].map((lines) => lines?.length)).toEqual([3, 1, 1]);
  });

  it('summarises the reps of each import of a list', async () => {
    const file = `Id,Name,Rep\r\n1,Ann,${REP}\r\n2,Ben,x@example.com\r\n3,Cid,y@example.com\r\n4,Dan,\r\n`;
    const job = await imports.importFile(file, customersConfiguration());
    const assignment = await imports.ask<AssignmentDto>('GET', `/imports/${job.id}/assignment`);
    await imports.ask(
      'PATCH',
      `/imports/${job.id}/assignment`,
      { exclude: [assignment.found[0]?.userId] },
      { 'if-match': '*' },
    );
    const { items } = await imports.ask<ImportPage>('GET', '/imports');
    expect(items.length).toBeGreaterThan(1);
    expect(items[0]).toMatchObject({
      id: job.id,
      fileName: 'customers.csv',
      progress: { bytes: file.length },
      reps: { total: 4, found: 1, notFound: 2, caseOnly: 0, withoutSchedule: 0, missing: 1, excluded: 1 },
    });
    expect(items.every(({ reps }) => reps.total > 0)).toBe(true);
  });

  it('looks at so many rows in one request, and gives a cursor to go on', async () => {
    const lines = Array.from({ length: 26_000 }, (_, i) => `${i},${i === 25_500 ? TOO_LONG : 'Ann'},${REP}`);
    const job = await imports.importFile(['Id,Name,Rep', ...lines].join('\r\n'), customersConfiguration());
    const first = await rowsOf(job, 'code=too_long');
    expect(first).toEqual({ items: [], nextCursor: expect.any(String) });
    const second = await rowsOf(job, `code=too_long&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ row: 25_502 }], nextCursor: null });
  });
});
