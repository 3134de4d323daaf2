import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterEach, expect, it } from 'vitest';
import type { OutputRow } from '@muster/tabular';
import { sendTable } from './send-table.js';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers with a CSV of these pages: its address, and what became of sending. */
async function serve(pages: AsyncIterable<readonly OutputRow[]>): Promise<{ url: string; sent: Promise<string> }> {
  const { promise: sent, resolve } = Promise.withResolvers<string>();
  const app = express();
  app.get('/', (_request, response) => {
    const sending = sendTable(response, 'csv', 'Übersicht', { columns: [{ header: 'n' }] }, pages);
    sending.then(
      () => resolve('done'),
      (error: unknown) => resolve(String(error)),
    );
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, sent };
}

it('sends all pages under the name of the file', async () => {
  const { url, sent } = await serve(
    (async function* () {
      yield [['1'], ['2']];
      yield [];
      yield [['3']];
    })(),
  );
  const response = await fetch(url);
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''%C3%9Cbersicht.csv`);
  expect((await response.text()).split('\r\n')).toEqual(['n', '1', '2', '3', '']);
  expect(await sent).toBe('done');
});

it('cuts the answer off when a page fails, so that nobody takes it for whole', async () => {
  const { url, sent } = await serve(
    (async function* () {
      yield [['x'.repeat(100_000)]];
      throw new Error('the database is gone');
    })(),
  );
  await expect(fetch(url).then((response) => response.text())).rejects.toThrow('terminated');
  expect(await sent).toContain('the database is gone');
});

it('ends with who asked for it, and asks for no more pages', async () => {
  let open = true;
  const { url, sent } = await serve(
    (async function* () {
      try {
        for (;;) yield [['x'.repeat(100_000)]];
      } finally {
        open = false;
      }
    })(),
  );
  const gone = new AbortController();
  const response = await fetch(url, { signal: gone.signal });
  await response.body?.getReader().read();
  gone.abort();
  expect(await sent).toBe('done');
  expect(open).toBe(false);
});
