import { once } from 'node:events';
import { openAsBlob } from 'node:fs';
import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { multipart } from './multipart.js';
import { MusterApi } from './muster-api.js';

describe('MusterApi', () => {
  let server: Server;
  let answer: (...exchange: Parameters<RequestListener>) => unknown;
  let retries: string[];
  let interruption: AbortController;

  beforeEach(async () => {
    [retries, interruption] = [[], new AbortController()];
    server = createServer((request, response) => answer(request, response));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  const api = (patienceMs = 60_000) =>
    new MusterApi({
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      token: () => Promise.resolve('t'),
      ...{ language: 'en', signal: interruption.signal, patienceMs },
      onRetry: (reason) => retries.push(reason),
    });
  const part = (bytes: number) => multipart({ rowOffset: 0 }, new Blob(Array.from({ length: bytes / 50_000 }, () => 'x'.repeat(50_000))), 'a.csv'); // prettier-ignore

  // With a form of fetch and `redirect: 'error'` each of these ended the process.
  it('stays alive when the line breaks while a part is sent, however often', async () => {
    answer = (request) => request.once('data', () => request.socket.destroy());
    const sent = Array.from({ length: 30 }, () => api(0).ask('PUT', '/v1/parts', { body: part(1_000_000) }).catch((error: unknown) => error)); // prettier-ignore
    expect((await Promise.all(sent)).map((error) => (error as Error).name)).toEqual(sent.map(() => 'Unreachable'));
  });

  it('sends a part again, whole, after answers that came before its end', async () => {
    let tries = 0;
    answer = (request, response) => {
      if (tries++ < 2) {
        request.resume();
        response.writeHead(tries === 1 ? 429 : 503, { 'retry-after': '0' }).end('busy');
        return;
      }
      const type = request.headers['content-type'];
      void buffer(request).then(({ length: bytes }) => response.end(JSON.stringify({ bytes, type })));
    };
    const body = part(1_000_000);
    expect(await api().ask('PUT', '/v1/parts', { body })).toEqual({ bytes: body.size, type: body.type });
    expect(retries).toEqual(['429', '503']);
  });

  it('is refused, not unanswered, when another import is still writing at the end of its patience', async () => {
    const problem = { code: 'import_running', title: 'Another import writes' };
    answer = (_request, response) => response.writeHead(409).end(JSON.stringify(problem));
    await expect(api(0).ask('POST', '/v1/imports/1/run')).rejects.toMatchObject({ status: 409, problem });
    await expect(api(2_000).ask('POST', '/v1/imports/1/run')).rejects.toMatchObject({ problem });
    expect(retries).toContain('409');
  });

  it('follows nobody to another address', async () => {
    answer = (_request, response) => response.writeHead(301, { location: 'https://other.example/' }).end();
    const refused = await api().get('/v1/company').catch((error: unknown) => error); // prettier-ignore
    expect(refused).toMatchObject({ problem: { code: 'http_301', detail: 'https://other.example/' } });
  });

  it('says when a file was written to while it was sent', async () => {
    answer = (request) => request.resume();
    const folder = await mkdtemp(join(tmpdir(), 'muster-api-'));
    try {
      await writeFile(join(folder, 'a.csv'), 'x'.repeat(200_000));
      const file = await openAsBlob(join(folder, 'a.csv'));
      await appendFile(join(folder, 'a.csv'), 'more');
      const sent = api().ask('PUT', '/v1/parts', { body: multipart({}, file, 'a.csv') });
      await expect(sent).rejects.toMatchObject({ code: 'file_changed' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
