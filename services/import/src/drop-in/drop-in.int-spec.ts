import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';

let imports: ImportService;

beforeAll(async () => {
  imports = await startImportService();
});
afterAll(() => imports?.stop());

const CSV = `Id;Name;Rep\n1;Anna;${REP}\n`;
// Nobody answers chunks here: an import that would write could go on for ever, and lock the others out.
const SAVED = customersConfiguration({ options: { validateOnly: true } });
const { entity: _, formatVersion: __, ...CONFIG } = SAVED as Record<string, unknown>;

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly text: string;
}

async function call(
  parts: Record<string, string | Blob>,
  query = '',
  headers: Record<string, string> = {},
): Promise<Answer> {
  const form = new FormData();
  for (const [name, value] of Object.entries(parts)) form.set(name, value);
  const path = `/../api/ImportCustomers${query}`;
  const response = await imports.send('POST', path, form, { prefer: 'wait=0', ...headers });
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
}

const file = (text = CSV) => new Blob([text]);
const importConfig = JSON.stringify(CONFIG);

describe('a drop-in call', () => {
  it('starts an import and, when nobody waits for the end, says where it is', async () => {
    const { status, type, text } = await call({ file: file(), importConfig }, '?mode=Insert');
    expect([status, type]).toEqual([202, 'text/plain; charset=utf-8']);
    const job = await imports.ask<ImportDto>('GET', (text.split('\n')[0] ?? '').replace('/v1', ''));
    expect(job).toMatchObject({ entity: 'customer', configuration: { mode: 'create', formatVersion: 1 } });
  });

  it('waits for the end', async () => {
    const { status, text } = await call(
      { file: file(CSV.replace(REP, 'nobody@example.com')), importConfig },
      '?language=de',
      { prefer: 'wait=20' },
    );
    expect(status).toBe(422);
    expect(text).toMatch(/^Import [0-9a-f]{32}: gescheitert\nDatei: blob, 1 Zeile\n/);
    expect(text).toContain('(no_known_rep)');
  });

  it('gives the file to the rep whom the URL names', async () => {
    const { userMapping: ___, ...config } = CONFIG;
    const { text } = await call({ file: file(), importConfig: JSON.stringify(config) }, `?userEmail=${REP}`);
    const job = await imports.ask<ImportDto>('GET', (text.split('\n')[0] ?? '').replace('/v1', ''));
    expect(job.configuration).toMatchObject({ userMapping: { by: 'email', constant: REP } });
  });

  it('reads the file as the URL says', async () => {
    const text = Buffer.from(`Id,Name,Rep\n1,J\u00fcrgen,${REP}\n`, 'latin1');
    const blob = new Blob([new Uint8Array(text)]);
    const answer = await call({ file: blob, importConfig }, '?delimiter=commadelimited&encodingName=ISO-8859-1');
    const job = await imports.ask<ImportDto>('GET', (answer.text.split('\n')[0] ?? '').replace('/v1', ''));
    expect(job.configuration).toMatchObject({ source: { delimiter: ',', encoding: 'iso-8859-1' } });
  });

  it('takes a saved configuration', async () => {
    await imports.ask('POST', '/import-configurations', { name: 'nightly', configuration: SAVED });
    const { status, text } = await call({ file: file() }, '?configurationName=Nightly');
    expect(status).toBe(202);
    const job = await imports.ask<ImportDto>('GET', (text.split('\n')[0] ?? '').replace('/v1', ''));
    expect(job.configurationVersion).toBe(1);
  });

  it.each<[string, Record<string, string | Blob>, string, number, RegExp]>([
    ['no file', { importConfig }, '', 422, /\(file_missing\)/],
    ['no configuration', { file: file() }, '', 422, /\(configuration_not_chosen\)/],
    ['an empty file', { file: file(''), importConfig }, '', 422, /\(file_empty\)/],
    ['a PDF', { file: file('%PDF-1.7\n'), importConfig }, '', 422, /\(unsupported_format\)/],
    ['a configuration that is no JSON', { file: file(), importConfig: '{' }, '', 400, /\(malformed_request\)/],
    ['a faulty configuration', { file: file(), importConfig: '{"mapings":[]}' }, '', 422, /- \/mapings: /],
    ['another entity', { file: file(), importConfig: '{"entity":"task"}' }, '', 422, /importConfig\/entity/],
    ['an encoding nobody knows', { file: file(), importConfig }, '?encodingName=x', 422, /encodingName/],
  ])('is refused with a text for %s', async (_case, parts, query, status, text) => {
    const answer = await call(parts, query);
    expect(answer.text).toMatch(text);
    expect([answer.status, answer.type]).toEqual([status, 'text/plain; charset=utf-8']);
  });

  it('is not taken for an import that somebody has left in the assistant', async () => {
    const content = `Id;Name;Rep\n77;Left;${REP}\n`;
    const form = new FormData();
    form.set('file', new Blob([content]), 'left.csv');
    const { id: uploadId } = await imports.ask<{ id: string }>('POST', '/uploads', form);
    const draft = await imports.ask<ImportDto>('POST', '/imports', { uploadId, configuration: SAVED, then: 'stage' });
    const { text } = await call({ file: file(content), importConfig });
    expect(text).not.toContain(draft.id);
  });

  it('is refused with a text, in the language asked for, also before the form is looked at', async () => {
    const refused = await call({ file: file(), importConfig }, '?mode=Delete&language=de');
    expect(refused).toMatchObject({ status: 422, type: 'text/plain; charset=utf-8' });
    expect(refused.text).toMatch(/^Ungültige Anfrage \(validation_failed\)\n.*\n- \/mode: Erwartet wird/);
    const stranger = await fetch(`${imports.service.url}/api/ImportTasks?language=de`, { method: 'POST' });
    expect(stranger.headers.get('www-authenticate')).toBe('Basic realm="Muster", charset="UTF-8", Bearer');
    expect([stranger.status, await stranger.text()]).toEqual([401, expect.stringMatching(/^Nicht angemeldet/)]);
  });

  it('is answered once for one Idempotency-Key, which tells URLs apart', async () => {
    const [content, headers] = [CSV.replace('1;', '31;'), { 'idempotency-key': 'nightly 31' }];
    const first = await call({ file: file(content), importConfig }, '?mode=update', headers);
    const job = (first.text.split('\n')[0] ?? '').replace('/v1', '');
    await imports.ask('POST', `${job}/abort`);
    expect(await call({ file: file(content), importConfig }, '?mode=update', headers)).toMatchObject({ status: 409 });
    const other = await call({ file: file(content), importConfig }, '?mode=create', headers);
    expect(other.text).toContain('(idempotency_key_reused)');
    const { id } = await imports.ask<ImportDto>('GET', job);
    const { items } = await imports.ask<{ items: ImportDto[] }>('GET', '/imports?limit=50');
    expect(items.filter(({ earlierImports }) => earlierImports.some((same) => same.id === id))).toEqual([]);
  });
});
