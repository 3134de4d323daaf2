import { Agent, createServer, get, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { closeServer } from './close-server.js';

async function listening(handler: RequestListener): Promise<{ server: Server; port: number }> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

/** The start of an answer, over a connection that the client would keep. */
function request(port: number): Promise<IncomingMessage> {
  const agent = new Agent({ keepAlive: true });
  return new Promise((resolve, reject) => get({ host: '127.0.0.1', port, agent }, resolve).on('error', reject));
}

const LONG_MS = 60_000;

it('lets an answer in hand be finished, and does not wait for the next request of that connection', async () => {
  let finish = () => {};
  const { server, port } = await listening((_request, response) => {
    response.write('first ');
    finish = () => void response.end('last');
  });
  const answer = await request(port);
  const closed = closeServer(server, LONG_MS);
  expect(server.listening).toBe(false);
  finish();
  expect((await answer.toArray()).join('')).toBe('first last');
  await closed;
});

it('ends a stream that has no end of its own', async () => {
  const { server, port } = await listening((_request, response) => void response.write('data: 1\n\n'));
  const answer = await request(port);
  const ended = answer.toArray().then(() => 'finished', () => 'cut'); // prettier-ignore
  await closeServer(server, 1);
  expect(await ended).toBe('cut');
});

it('has nothing to do for a server that does not listen', async () => {
  await expect(closeServer(createServer(), LONG_MS)).resolves.toBeUndefined();
});
