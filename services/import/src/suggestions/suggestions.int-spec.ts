import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnitOfWork } from '@muster/persistence';
import { newId } from '@muster/persistence';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import type { MappingSuggestionDto } from './suggestion.dto.js';

let imports: ImportService;

beforeAll(async () => {
  imports = await startImportService();
});
afterAll(() => imports?.stop());

const CSV = `Außendienst;Kunden-Nr.;Firma;PLZ;Besuchsintervall;Umsatz
${REP};007;Anna;01067;28;12,5
${REP};008;Bert;8010;;3
`;

async function upload(text = CSV): Promise<string> {
  const form = new FormData();
  form.set('file', new Blob([text]), 'customers.csv');
  return (await imports.ask<{ id: string }>('POST', '/uploads', form)).id;
}

function suggest(id: string, body: object = { entity: 'customer' }): Promise<MappingSuggestionDto> {
  return imports.ask('POST', `/uploads/${id}/mapping-suggestion`, body);
}

describe('a suggested mapping', () => {
  it('says of each column what it may mean, and whose a row is', async () => {
    const { columns, assignment } = await suggest(await upload());
    expect(columns.map(({ header, suggested }) => [header, suggested?.field, suggested?.reason])).toEqual([
      ['Außendienst', undefined, undefined],
      ['Kunden-Nr.', 'externalId', 'synonym'],
      ['Firma', 'name1', 'synonym'],
      ['PLZ', 'postalCode', 'synonym'],
      ['Besuchsintervall', 'callInterval', 'label'],
      ['Umsatz', undefined, undefined],
    ]);
    expect(columns[1]?.suggested).toMatchObject({ like: 'Kundennr.', readable: 1 });
    expect(assignment).toMatchObject({ column: 1, header: 'Außendienst', by: 'email', values: 1, found: 1 });
  });

  it('comes as a configuration that an import can begin with', async () => {
    const uploadId = await upload();
    const { configuration } = await suggest(uploadId);
    expect(configuration).toMatchObject({
      entity: 'customer',
      mode: 'upsert',
      mappings: [{ SourceFieldID: 'Kunden-Nr.', TargetFieldID: 'externalId', UpdateBehavior: 2 }, {}, {}, {}],
      userMapping: { by: 'email', SourceFieldID: 'Außendienst' },
    });
    const job = await imports.ask<ImportDto>('POST', '/imports', { uploadId, configuration });
    expect(job.configuration).toMatchObject({ mappings: [{ TargetFieldID: 'externalId' }, {}, {}, {}] });
  });

  it('remembers what was done before, for imports that ran only', async () => {
    const text = `Id;Name;Rep;Umsatz\n1;Anna;${REP};12\n`;
    const mappings = [
      { SourceFieldID: 'Id', TargetFieldID: 'externalId', UpdateBehavior: 2 },
      { SourceFieldID: 'Umsatz', TargetFieldID: 'notes', UpdateBehavior: 0 },
      { SourceFieldID: 'Name', TargetFieldID: 'name1', UpdateBehavior: 0 },
    ];
    const id = await upload(text);
    const sales = async () => (await suggest(id)).columns[3]?.suggested?.field;
    const job = await imports.importFile(text, customersConfiguration({ mappings }));
    expect(await sales()).toBeUndefined();
    const scope = { companyId: imports.companyId, actor: 'system', cause: 'request:test' } as const;
    await imports.service.app
      .get(UnitOfWork)
      .run(scope, (manager) => manager.query('update import_job set started_at = now() where id = $1', [job.id]));
    expect(await sales()).toBe('notes');
  });

  it('names columns by number where their headers are the same', async () => {
    const { configuration } = await suggest(await upload(`Call interval;Call interval;Rep\noften;28;${REP}\n`));
    expect(configuration).toMatchObject({
      mode: 'create',
      mappings: [{ SourceFieldID: '#2', TargetFieldID: 'callInterval' }],
    });
  });

  it('says why it suggests nothing, and which columns stand against each other', async () => {
    const { columns, configuration } = await suggest(await upload(`Name;Ort;Ort;Stadt;Rep\nA;Graz;Wien;Linz;${REP}\n`));
    expect(columns.map(({ notSuggested }) => notSuggested)).toEqual([null, 'tied', 'tied', 'taken', 'nothing']);
    expect(columns[1]?.candidates[0]).toMatchObject({ field: 'city', rivals: [3] });
    expect(configuration).toMatchObject({ mappings: [{ SourceFieldID: 'Name', TargetFieldID: 'name1' }] });
  });

  it('reads the file as it is told to', async () => {
    const { columns, configuration } = await suggest(await upload('Titel\nName,PLZ\nAnna,8010\n'), {
      entity: 'customer',
      source: { headerRow: 2, delimiter: ',' },
    });
    expect(columns.map(({ suggested }) => suggested?.field)).toEqual(['name1', 'postalCode']);
    expect(configuration).toMatchObject({ source: { headerRow: 2, delimiter: ',' } });
  });

  it.each([
    { entity: 'customer', source: null, language: null },
    { entity: 'customer', source: { headerRow: null, delimiter: null } },
  ])('takes null for what is left out: %j', async (body) => {
    const nothing = await suggest(await upload(), { entity: 'customer' });
    expect(await suggest(await upload(), body)).toEqual(nothing);
  });

  it.each([
    ['an unknown entity', { entity: 'unicorn' }, 'unknown_entity'],
    ['no entity', {}, 'validation_failed'],
    ['a language that there is not', { entity: 'customer', language: 'xx' }, 'validation_failed'],
  ])('is refused for %s', async (_case, body, code) => {
    const refused = await imports.send('POST', `/uploads/${await upload()}/mapping-suggestion`, body);
    expect(await refused.json()).toMatchObject({ code });
  });

  it('is refused for an unknown upload', async () => {
    const refused = await imports.send('POST', `/uploads/${newId()}/mapping-suggestion`, { entity: 'customer' });
    expect(await refused.json()).toMatchObject({ status: 404, code: 'upload_not_found' });
  });
});
