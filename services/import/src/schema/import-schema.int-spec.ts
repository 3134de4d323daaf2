import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { customFieldsOfEntity, importChunkOrdered } from '@muster/contracts';
import { REP, startImportService, type ImportService } from '../test-support/import-service.js';
import type { ImportSchemaDto } from './import-schema.dto.js';

const ENTITIES = ['customer', 'appointment', 'task', 'report'];
const SIZE = {
  ...{ name: 'size', type: 'selection', label: { en: 'Size', de: 'Größe' }, description: { en: '', de: '' } },
  options: [{ code: 'L', label: { en: 'large', de: 'groß' } }],
};

interface Template {
  mappings: { SourceFieldID: string; TargetFieldID: string }[];
  userMapping: { SourceFieldID: string };
}

describe('what can be imported', () => {
  let own: ImportService;

  beforeAll(async () => {
    own = await startImportService();
    const later = { ...SIZE, name: 'hologram', type: 'hologram' };
    own.service.answer(customFieldsOfEntity, ({ entity }) => ({ fields: entity === 'task' ? [SIZE, later] : [] }));
  });
  afterAll(() => own?.stop());

  it.each(ENTITIES)('%s: fields with values and references, in both languages', async (entity) => {
    const { fields } = await own.ask<ImportSchemaDto>('GET', `/import-schema/${entity}`);
    const byId = new Map(fields.map((field) => [field.id, field]));
    expect(byId.get('externalId')).toMatchObject({ type: 'identifier', usableAsKey: true, options: null });
    expect(byId.get('customer')?.references).toBe(entity === 'customer' ? undefined : 'customer');
    expect(byId.get('priority')?.options?.map(({ code, label }) => [code, label.de]) ?? []).toEqual(
      entity === 'task' ? [['low', 'Niedrig'], ['normal', 'Normal'], ['high', 'Hoch']] : [],
    ); // prettier-ignore
    expect(fields.filter(({ id }) => id.startsWith('customFields.')).map(({ id, options }) => [id, options])).toEqual(
      entity === 'task' ? [['customFields.size', SIZE.options]] : [],
    );
  });

  it('an example as people of each language write it, and how many entries a list may have', async () => {
    const fieldsOf = async (entity: string) =>
      new Map(
        (await own.ask<ImportSchemaDto>('GET', `/import-schema/${entity}`)).fields.map((field) => [field.id, field]),
      );
    const [tasks, users] = [await fieldsOf('task'), await fieldsOf('user')];
    expect(tasks.get('done')?.examples).toEqual({ en: 'No', de: 'Nein' });
    expect(tasks.get('dueDate')?.examples).toEqual({ en: '2026-03-14', de: '14.03.2026' });
    expect(tasks.get('priority')?.examples).toEqual({ en: 'High', de: 'Hoch' });
    expect(users.get('home.latitude')?.examples).toEqual({ en: '51.0504', de: '51,0504' });
    expect(users.get('userGroups')).toMatchObject({ maxLength: 40, maxEntries: 97 });
    expect(users.get('email')?.maxEntries).toBeNull();
  });

  it.each(ENTITIES)('%s: a configuration with all fields, which an import takes as it is', async (entity) => {
    for (const language of ['en', 'de']) {
      const path = `/import-schema/${entity}/configuration-template?language=${language}`;
      const template = await own.ask<Template>('GET', path);
      const headers = [...template.mappings, template.userMapping].map(({ SourceFieldID }) => SourceFieldID);
      const job = await own.importFile(`${headers.join(';')}\r\n${headers.map(() => '').join(';')}x\r\n`, template);
      expect(job).toMatchObject({ state: 'staged', entity, counters: { read: 1 } });
    }
  });

  it('refuses what it does not know', async () => {
    expect((await own.send('GET', '/import-schema/spaceship/configuration-template')).status).toBe(404);
    expect((await own.send('GET', '/import-schema/task/configuration-template?language=xx')).status).toBe(422);
  });

  it('reads the company’s own fields of a file, and refuses one that there is not', async () => {
    const configuration = (target: string) => ({
      ...{ formatVersion: 1, entity: 'task', mode: 'upsert', userMapping: { by: 'email', SourceFieldID: 'Rep' } },
      mappings: [
        { SourceFieldID: 'Id', TargetFieldID: 'externalId' },
        { SourceFieldID: 'Subject', TargetFieldID: 'subject' },
        { SourceFieldID: 'Größe', TargetFieldID: target },
      ],
    });
    const csv = `Rep;Id;Subject;Größe\r\n${REP};1;x;groß\r\n${REP};2;x;riesig\r\n`;
    const job = await own.importFile(csv, configuration('customFields.size'));
    const { items } = await own.ask<{ items: { values: object | null; problems: { message: string }[] }[] }>(
      'GET',
      `/imports/${job.id}/rows`,
    );
    expect(items[0]?.values).toMatchObject({ 'customFields.size': 'L' });
    expect(items[1]?.problems).toMatchObject([{ code: 'unknown_code', field: 'customFields.size', column: 'Größe' }]);
    const saved = { name: 'Tasks', configuration: configuration('customFields.size') };
    expect((await own.send('POST', '/import-configurations', saved)).status).toBe(201);
    const refused = await own.send('POST', '/import-configurations', {
      ...{ name: 'Misspelt', configuration: configuration('customFields.sise') },
    });
    expect(refused.status).toBe(422);
    const pointer = '/mappings/2/TargetFieldID';
    expect(await refused.json()).toMatchObject({ errors: [{ code: 'unknown_target', pointer }] });
  });

  it('tells the owner what it may do', async () => {
    const configuration = {
      ...{ formatVersion: 1, entity: 'report', mode: 'upsert', userMapping: { by: 'email', SourceFieldID: 'Rep' } },
      mappings: ['externalId', 'type'].map((id) => ({ SourceFieldID: id, TargetFieldID: id })),
      options: { updateLastCalls: true, transferMode: 'copy' },
    };
    const { id } = await own.importFile(`Rep;externalId;type\r\n${REP};1;Kundenbesuch\r\n`, configuration);
    await own.ask('POST', `/imports/${id}/plan`);
    const orders = () => own.service.events(importChunkOrdered).filter(({ data }) => data.importId === id);
    await expect
      .poll(() => orders().map(({ data }) => data))
      .toMatchObject([
        {
          ...{ entity: 'report', options: { updateLastCalls: true, transferMode: 'copy' } },
          rows: [[2, '1', 'customerCall']],
        },
      ]);
  });
});
