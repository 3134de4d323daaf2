import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AssignmentDto } from '../assignment/assignment.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import type { ImportDto } from './import.dto.js';

interface Change {
  readonly path: string;
  readonly body: object;
}

describe('two people on one draft', () => {
  let imports: ImportService;
  let id: string;
  let repId: string | undefined;

  beforeAll(async () => {
    imports = await startImportService();
  });
  afterAll(() => imports?.stop());

  beforeEach(async () => {
    ({ id } = await imports.importFile(`Id,Name,Rep\r\n1,Ann,${REP}\r\n`, customersConfiguration()));
    repId = (await imports.ask<AssignmentDto>('GET', `/imports/${id}/assignment`)).found[0]?.userId ?? undefined;
  });

  const etagOf = async (path: string) => (await imports.send('GET', path)).headers.get('etag') ?? '';
  const read = () => imports.ask<ImportDto>('GET', `/imports/${id}`);
  async function patch({ path, body }: Change, ifMatch?: string) {
    const headers = ifMatch === undefined ? undefined : { 'if-match': ifMatch };
    const response = await imports.send('PATCH', path, body, headers);
    const { code } = (await response.json()) as { code?: string };
    return { status: response.status, code, etag: response.headers.get('etag') ?? '' };
  }
  const configure = (): Change => ({
    path: `/imports/${id}`,
    body: { configuration: customersConfiguration({ mode: 'create' }) },
  });
  const assign = (): Change => ({ path: `/imports/${id}/assignment`, body: { exclude: [repId] } });

  it.each([
    ['configuration', configure, configure],
    ['assignment', assign, assign],
    ['configuration after the assignment', assign, configure],
  ] as const)('do not overwrite each other: %s', async (_what, first, second) => {
    const path = `/imports/${id}`;
    const [ada, ben] = [await etagOf(path), await etagOf(`${path}/assignment`)];
    expect(ada).toBe(ben);
    expect(await patch(first(), ada)).toMatchObject({ status: 200 });
    const after = await read();
    expect(await patch(second(), ben)).toMatchObject({ status: 412, code: 'version_conflict' });
    expect(await read()).toEqual(after);
  });

  it('who has lost reads anew and goes on; an answer has the next tag', async () => {
    const old = await etagOf(`/imports/${id}`);
    const { etag } = await patch(assign(), old);
    expect(etag).toBe(await etagOf(`/imports/${id}`));
    expect(await patch({ ...assign(), body: { include: [repId] } }, etag)).toMatchObject({ status: 200 });
    const next = await patch(configure(), await etagOf(`/imports/${id}`));
    expect([next.status, next.etag]).toEqual([200, await etagOf(`/imports/${id}`)]);
  });

  it('at the same moment only one of them is heard', async () => {
    const tag = await etagOf(`/imports/${id}`);
    const people = Array.from({ length: 6 }, (_, person) => patch((person % 2 === 0 ? configure : assign)(), tag));
    expect((await Promise.all(people)).map(({ status }) => status).sort()).toEqual([200, 412, 412, 412, 412, 412]);
  });

  it.each([
    ['configuration', configure],
    ['assignment', assign],
  ] as const)('a change of the %s says which version it means, or that it means any', async (_what, change) => {
    expect(await patch(change())).toMatchObject({ status: 428, code: 'precondition_required' });
    expect(await patch(change(), '*')).toMatchObject({ status: 200 });
  });

  it('an import that another closed is changed no more, nor seen as it was', async () => {
    const tag = await etagOf(`/imports/${id}`);
    await imports.ask('POST', `/imports/${id}/cancel`);
    for (const change of [configure(), assign()]) {
      expect(await patch(change, tag)).toMatchObject({ status: 412, code: 'version_conflict' });
      expect(await patch(change, '*')).toMatchObject({ status: 409, code: 'import_state' });
    }
  });
});
