import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import type { AssignmentDto, ImportRepPage } from './assignment.dto.js';

/** Of the file; the first is somebody. */
const VALUES = [REP, ...Array.from({ length: 11 }, (_, i) => `nobody${i}@example.com`)];

describe('the assignment of a file of many reps', () => {
  let imports: ImportService;
  let job: ImportDto;

  beforeAll(async () => {
    imports = await startImportService();
    const rows = VALUES.map((rep, i) => `${i},Name ${i},${rep}`);
    job = await imports.importFile(
      ['Id,Name,Rep', ...rows, '98,Nobody,', ...rows].join('\n'),
      customersConfiguration(),
    );
  });
  afterAll(() => imports?.stop());

  const reps = (query: string) => imports.ask<ImportRepPage>('GET', `/imports/${job.id}/reps${query}`);
  const assignment = (query: string) => imports.ask<AssignmentDto>('GET', `/imports/${job.id}/assignment${query}`);

  async function pages(query: string): Promise<string[][]> {
    const seen: string[][] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: ImportRepPage = await reps(`${query}${cursor && `&cursor=${cursor}`}`);
      seen.push(page.items.map(({ value }) => value));
      cursor = page.nextCursor;
    }
    return seen;
  }

  it('is listed as a whole, or in pages in the order of the file', async () => {
    const all = await reps('');
    expect(all.items.map(({ value }) => value)).toEqual([...VALUES, '']);
    expect(all.nextCursor).toBeNull();
    const seen = await pages('?limit=5');
    expect(seen.map(({ length }) => length)).toEqual([5, 5, 3]);
    expect(seen.flat()).toEqual([...VALUES, '']);
    expect(await pages('?limit=13')).toHaveLength(1);
  });

  it('is listed by what was found', async () => {
    expect(await pages('?limit=4&status=notFound')).toEqual([VALUES.slice(1, 5), VALUES.slice(5, 9), VALUES.slice(9)]);
    expect(await pages('?status=found')).toEqual([[REP]]);
    expect(await pages('?status=caseOnly')).toEqual([[]]);
  });

  it('says how many there are, however many of them are shown', async () => {
    const [all, some] = [await assignment(''), await assignment('?limit=3')];
    expect(all.notFound.map(({ value }) => value)).toEqual(VALUES.slice(1));
    expect(some).toEqual({ ...all, notFound: all.notFound.slice(0, 3), notNamed: all.notNamed.slice(0, 3) });
    expect(some.counts).toMatchObject({ found: 1, notFound: 11, caseOnly: 0, notNamed: all.notNamed.length });
    expect(some.emptyRows).toBe(1);
  });

  it.each([
    ['reps?cursor=x', 'invalid_cursor'],
    [`reps?cursor=${Buffer.from('["a",1]').toString('base64url')}`, 'invalid_cursor'],
    [`reps?cursor=${Buffer.from('[1e300,1]').toString('base64url')}`, 'invalid_cursor'],
    ['reps?limit=0', 'validation_failed'],
    ['reps?status=company2', 'validation_failed'],
    ['assignment?limit=5001', 'validation_failed'],
  ])('refuses %s', async (path, code) => {
    const response = await imports.send('GET', `/imports/${job.id}/${path}`);
    expect(await response.json()).toMatchObject({ code });
  });
});
