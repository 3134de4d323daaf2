import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UnitOfWork } from '@muster/persistence';
import { formOf } from '../test-support/forms.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';
import type { ImportDto } from './import.dto.js';

let imports: ImportService;

beforeAll(async () => {
  imports = await startImportService();
});
afterAll(() => imports?.stop());

let files = 0;
const newFile = () => `Id;Name;Rep\n${++files};Anna;${REP}\n`;
/** Nobody answers chunks here: an import that may write would go on for ever. */
const CHECKED = customersConfiguration({ options: { validateOnly: true } });

const send = async (fields: Record<string, unknown>, path = '/imports') => {
  const response = await imports.send('POST', path, formOf(newFile(), fields));
  return { status: response.status, body: (await response.json()) as ImportDto & { code: string; errors: unknown[] } };
};

describe('one call with file and configuration', () => {
  it('refuses a part of its form that means nothing, by name, instead of doing what was not meant', async () => {
    const { status, body } = await send({ configuration: CHECKED, validateOnly: 'true', mode: 'sync' });
    expect([status, body.code]).toEqual([422, 'validation_failed']);
    expect(body.errors).toMatchObject([
      { pointer: '/validateOnly', code: 'unknown_property' },
      { pointer: '/mode', code: 'unknown_property' },
    ]);
  });

  it('of a drop-in too, where it belongs into the URL', async () => {
    const { body } = await sendDropIn({ importConfig: CHECKED, userEmail: REP });
    expect(body).toContain('/userEmail');
  });

  it('goes no further than it is told to', async () => {
    const configuration = customersConfiguration();
    const [staged, planned] = [
      await send({ configuration, then: 'stage' }),
      await send({ configuration, then: 'plan' }),
    ];
    expect(staged.body.state).toBe('staging');
    await expect.poll(() => stateOf(staged.body)).toBe('staged');
    await expect.poll(() => stateOf(planned.body)).toBe('planning');
    expect((await send({ configuration, then: 'write' })).body).toMatchObject({
      status: 422,
      errors: [{ pointer: '/then' }],
    });
  });

  it('wants one configuration, not none and not two', async () => {
    for (const fields of [{}, { configuration: CHECKED, importConfig: CHECKED }]) {
      expect((await send(fields)).body.code).toBe('configuration_not_chosen');
    }
  });
});

describe('the same file and configuration, sent again meanwhile', () => {
  const configuration = customersConfiguration();
  const change = (job: ImportDto, set: string) =>
    imports.service.app
      .get(UnitOfWork, { strict: false })
      .runAsWorker((manager) => manager.query(`update import_job set ${set} where id = $1`, [job.id]));

  it('is answered with the import that writes, unless that writes only what somebody has chosen in the assistant', async () => {
    const file = newFile();
    const again = async () =>
      (await (await imports.send('POST', '/imports', formOf(file, { configuration }))).json()) as ImportDto;
    const first = await again();
    await expect.poll(() => stateOf(first)).toBe('running');
    expect((await again()).id).toBe(first.id);
    await change(first, `run_reps = array[id]`);
    expect(await again()).toMatchObject({ status: 409, code: 'import_running' });
    await change(first, `run_reps = null`);
    // What only checks is in nobody's way, however it is sent.
    const { id: uploadId } = await imports.ask<{ id: string }>('POST', '/uploads', formOf(newFile()));
    const check = await imports.send('POST', '/imports', { uploadId, configuration: CHECKED, then: 'run' });
    expect(check.status).toBe(202);
    await imports.ask('POST', `/imports/${first.id}/abort`);
  });
});

async function sendDropIn(fields: Record<string, unknown>): Promise<{ status: number; body: string }> {
  const response = await imports.send('POST', '/../api/ImportCustomers', formOf(newFile(), fields), {
    prefer: 'wait=0',
  });
  return { status: response.status, body: await response.text() };
}

async function stateOf({ id }: Pick<ImportDto, 'id'>): Promise<string> {
  return (await imports.ask<ImportDto>('GET', `/imports/${id}`)).state;
}
