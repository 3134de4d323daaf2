import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import type {
  ConfigurationVersionPage,
  SavedConfigurationDto,
  SavedConfigurationPage,
} from './saved-configuration.dto.js';

let imports: ImportService;

beforeAll(async () => {
  imports = await startImportService();
});
afterAll(() => imports?.stop());

const PATH = '/import-configurations';

function save(name: string, configuration: object = customersConfiguration()): Promise<SavedConfigurationDto> {
  return imports.ask('POST', PATH, { name, configuration });
}

function put(id: string, body: object, ifMatch = '*'): Promise<Response> {
  return imports.send('PUT', `${PATH}/${id}`, body, { 'if-match': ifMatch });
}

async function upload(): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([`Id;Name;Rep\n1;Anna;${REP}\n`]), 'customers.csv');
  return (await imports.ask<{ id: string }>('POST', '/uploads', form)).id;
}

describe('a saved configuration', () => {
  it('is what was sent, with every preset, and is found by id and by name in any letter case', async () => {
    const saved = await save('Nächtlich ERP');
    expect(saved).toMatchObject({
      name: 'Nächtlich ERP',
      entity: 'customer',
      version: 1,
      configuration: { mode: 'upsert', options: { errorPolicy: 'validOnly' }, mappings: [{ emptyCell: 'keep' }, {}] },
    });
    const response = await imports.send('GET', `${PATH}/${saved.id}`);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(await response.json()).toEqual(saved);
    // Its last run changes without its version: what is shown is never said to be as before.
    const again = await imports.send('GET', `${PATH}/${saved.id}`, undefined, { 'if-none-match': '"1"' });
    expect(again.status).toBe(200);
    const { items } = await imports.ask<SavedConfigurationPage>('GET', `${PATH}?name=n%C3%84CHTLICH%20erp`);
    expect(items).toMatchObject([{ id: saved.id }]);
  });

  it('has a version for each change, and none for what changes nothing', async () => {
    const { id, configuration } = await save('versions');
    const same = await put(id, { name: 'versions', configuration });
    expect([same.headers.get('etag'), same.status]).toEqual(['"1"', 200]);
    const changed = await put(
      id,
      { name: 'Versions', configuration: customersConfiguration({ mode: 'create' }) },
      '"1"',
    );
    expect(changed.headers.get('etag')).toBe('"2"');
    const stale = await put(id, { name: 'versions', configuration }, '"1"');
    expect(await stale.json()).toMatchObject({ status: 412, code: 'version_conflict' });
    const first = await imports.ask<ConfigurationVersionPage>('GET', `${PATH}/${id}/versions?limit=1`);
    const second = await imports.ask<ConfigurationVersionPage>(
      'GET',
      `${PATH}/${id}/versions?limit=1&cursor=${first.nextCursor}`,
    );
    expect([...first.items, ...second.items]).toMatchObject([
      { version: 2, name: 'Versions', configuration: { mode: 'create' } },
      { version: 1, name: 'versions', configuration: { mode: 'upsert' } },
    ]);
    expect(second.nextCursor).toBeNull();
  });

  it('is downloaded as a file that can be saved again', async () => {
    const { id, configuration } = await save('Täglich / "alle"');
    await put(id, { name: 'Täglich / "alle"', configuration: customersConfiguration({ mode: 'create' }) });
    const latest = await imports.send('GET', `${PATH}/${id}/download`);
    expect(latest.headers.get('content-disposition')).toBe(
      `attachment; filename*=UTF-8''T%C3%A4glich%20%2F%20%22alle%22.importcfg`,
    );
    const document = (await latest.json()) as object;
    expect(document).toMatchObject({ mode: 'create' });
    expect(await imports.ask('GET', `${PATH}/${id}/download?version=1`)).toEqual(configuration);
    expect((await save('again', document)).configuration).toEqual(document);
    const none = await imports.send('GET', `${PATH}/${id}/download?version=3`);
    expect(await none.json()).toMatchObject({ status: 404, code: 'configuration_not_found' });
  });

  it('of an older format version is saved as one of today', async () => {
    const { formatVersion: _, ...old } = customersConfiguration() as Record<string, unknown>;
    expect((await save('old', old)).configuration).toMatchObject({ formatVersion: 1 });
  });

  it('is listed by name, page by page, and by entity', async () => {
    for (const name of ['z list B', 'Z list a', 'z list C']) await save(name);
    const names: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: SavedConfigurationPage = await imports.ask('GET', `${PATH}?limit=2&entity=customer${cursor}`);
      names.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor && `&cursor=${page.nextCursor}`;
    }
    expect(names.slice(-3)).toEqual(['Z list a', 'z list B', 'z list C']);
    expect(await imports.ask('GET', `${PATH}?entity=task`)).toEqual({ items: [], nextCursor: null });
  });

  it('goes with its versions, and nobody else has its name meanwhile', async () => {
    const { id, configuration } = await save('taken');
    const twice = await imports.send('POST', PATH, { name: 'TAKEN ', configuration });
    expect(await twice.json()).toMatchObject({ status: 409, code: 'configuration_name_taken' });
    const other = await save('other');
    expect((await put(other.id, { name: 'Taken', configuration })).status).toBe(409);
    expect((await imports.send('DELETE', `${PATH}/${id}`, undefined, { 'if-match': '"7"' })).status).toBe(412);
    expect((await imports.send('DELETE', `${PATH}/${id}`)).status).toBe(204);
    expect((await imports.send('GET', `${PATH}/${id}/versions`)).status).toBe(404);
    expect((await save('taken')).version).toBe(1);
  });

  it.each([
    [
      'a faulty document',
      { name: 'x', configuration: customersConfiguration({ mode: 'upsret' }) },
      'configuration_invalid',
    ],
    ['a blank name', { name: ' ', configuration: customersConfiguration() }, 'validation_failed'],
    ['no document', { name: 'x' }, 'validation_failed'],
  ])('is not made of %s', async (_case, body, code) => {
    const refused = await imports.send('POST', PATH, body);
    expect(await refused.json()).toMatchObject({ code });
  });

  it('needs If-Match to be replaced', async () => {
    const { id, configuration } = await save('guarded');
    const refused = await imports.send('PUT', `${PATH}/${id}`, { name: 'guarded', configuration });
    expect(await refused.json()).toMatchObject({ status: 428, code: 'precondition_required' });
  });

  it.each([99_999_999_999, 2_147_483_648])('never had a version %i', async (version) => {
    const { id } = await save(`no version ${version}`);
    const download = await imports.send('GET', `${PATH}/${id}/download?version=${version}`);
    expect(await download.json()).toMatchObject({ status: 422, code: 'validation_failed' });
    const cursor = Buffer.from(JSON.stringify([version])).toString('base64url');
    const versions = await imports.send('GET', `${PATH}/${id}/versions?cursor=${cursor}`);
    expect(await versions.json()).toMatchObject({ code: 'invalid_cursor' });
  });
});

describe('an import by a saved configuration', () => {
  it('keeps the version that it began with', async () => {
    const { id, configuration } = await save('used');
    const uploadId = await upload();
    const job = await imports.ask<ImportDto>('POST', '/imports', { uploadId, configurationId: id });
    expect(job).toMatchObject({ configurationId: id, configurationVersion: 1, configuration });
    await put(id, { name: 'used', configuration: customersConfiguration({ mode: 'create' }) });
    const later = await imports.ask<ImportDto>('POST', '/imports', { uploadId, configurationName: 'USED' });
    expect(later).toMatchObject({ configurationVersion: 2, configuration: { mode: 'create' } });
    await imports.send('DELETE', `${PATH}/${id}`);
    expect(await imports.ask('GET', `/imports/${job.id}`)).toMatchObject({ configurationVersion: 1, configuration });
  });

  it('in one call with the file', async () => {
    const { id } = await save('one call', customersConfiguration({ options: { validateOnly: true } }));
    const form = new FormData();
    form.set('file', new Blob([`Id;Name;Rep\n1;Anna;${REP}\n`]), 'customers.csv');
    form.set('configurationName', 'one call');
    expect(await imports.ask('POST', '/imports', form)).toMatchObject({ configurationId: id, configurationVersion: 1 });
  });

  it.each([
    ['none', {}, 'configuration_not_chosen'],
    ['two', { configuration: customersConfiguration(), configurationName: 'used' }, 'configuration_not_chosen'],
    ['an unknown id', { configurationId: newId() }, 'configuration_not_found'],
    ['what is no id', { configurationId: 'x' }, 'configuration_not_found'],
    ['an unknown name', { configurationName: 'nobody' }, 'configuration_not_found'],
  ])('is refused with %s', async (_case, choice, code) => {
    const refused = await imports.send('POST', '/imports', { uploadId: await upload(), ...choice });
    expect(await refused.json()).toMatchObject({ code });
  });
});

describe('the JSON Schema', () => {
  it('is published', async () => {
    expect(await imports.ask('GET', `${PATH}/schema`)).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
    });
  });
});
