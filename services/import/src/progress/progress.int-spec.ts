import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ImportDto } from '../imports/import.dto.js';
import { customersConfiguration, REP, startImportService, type ImportService } from '../test-support/import-service.js';

const FILE = `Id,Name,Rep\r\n1,Ann,${REP}\r\n`;

describe('GET /v1/imports/:id/events', () => {
  let imports: ImportService;
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= imports?.stop());
  beforeEach(async () => {
    stopped = undefined;
    imports = await startImportService();
  });
  afterEach(() => stop());

  const watch = ({ id }: ImportDto, lastEventId?: string) =>
    imports.send('GET', `/imports/${id}/events`, undefined, lastEventId ? { 'last-event-id': lastEventId } : {});

  it('tells the end, and who comes back with it that there is nothing to come back for', async () => {
    const job = await imports.importFile(FILE, customersConfiguration());
    await imports.ask('POST', `/imports/${job.id}/cancel`);
    const stream = await watch(job);
    expect([stream.status, stream.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const text = await stream.text();
    expect(text).toMatch(/^\s*event: finished\nid: \d+\ndata: \{.*"state":"cancelled"/);
    const again = await watch(job, /id: (\d+)/.exec(text)?.[1]);
    expect([again.status, await again.text()]).toEqual([204, '']);
  });

  it('answers a problem for an import that does not exist', async () => {
    const answer = await watch({ id: '0'.repeat(32) } as ImportDto);
    expect([answer.status, await answer.json()]).toEqual([404, expect.objectContaining({ code: 'import_not_found' })]);
  });

  it('ends its streams when the service stops, so that it can', async () => {
    const job = await imports.importFile(FILE, customersConfiguration());
    const stream = await watch(job);
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('event: progress')) text += (await reader?.read())?.value ?? '';
    void stop();
    while (!(await reader?.read())?.done);
    await expect(stopped).resolves.toBeUndefined();
  });
});
