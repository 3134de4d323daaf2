import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { closeServer } from '../http/close-server.js';
import { fetchJson, FetchRefused, lookupPublic, type FetchJsonOptions } from './fetch-json.js';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await closeServer(server);
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const reasonOf = (address: string, options: FetchJsonOptions) =>
  fetchJson(address, options).then(
    () => 'answered',
    (error: unknown) => (error instanceof FetchRefused ? error.reason : error),
  );

describe('an address that may not be asked', () => {
  it.each([
    ['without encryption', 'http://example.com/'],
    ['of this machine', 'https://127.0.0.1/'],
    ['of this machine as one number', 'https://2130706433/'],
    ['of this machine in octal', 'https://0177.0.0.1/'],
    ['of this machine in short', 'https://127.1/'],
    ['of this machine by IPv6', 'https://[::1]/'],
    ['of this machine by IPv4 in IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['of this machine by name', 'https://localhost/'],
    ['of the metadata of a cloud', 'https://169.254.169.254/latest/meta-data'],
    ['of a private network', 'https://10.0.0.1/'],
    ['with a name and password', 'https://user:secret@example.com/'],
    ['of a file', 'file:///etc/passwd'],
    ['of data', 'data:application/json,{}'],
    ['that is none', 'example.com'],
  ])('%s is refused', async (_name, address) => {
    expect(await reasonOf(address, { reach: 'public' })).toBe('address');
  });

  it('is found out by what its name resolves to', async () => {
    const error = await new Promise((resolve) => lookupPublic('localhost', { all: true }, resolve));
    expect(error).toBeInstanceOf(FetchRefused);
  });
});

describe('an answer', () => {
  it('is read', async () => {
    const address = await serve((_request, response) => response.end('{"issuer":"x"}'));
    expect(await fetchJson(address, { reach: 'any' })).toEqual({ issuer: 'x' });
  });

  it('is not looked for elsewhere', async () => {
    let asked = 0;
    const elsewhere = await serve((_request, response) => {
      asked += 1;
      response.end('{}');
    });
    const address = await serve((_request, response) => response.writeHead(302, { location: elsewhere }).end());
    expect(await reasonOf(address, { reach: 'any' })).toBe('answer');
    expect(asked).toBe(0);
  });

  it.each<[string, RequestListener]>([
    ['is no JSON', (_request, response) => response.end('<html>')],
    ['is a failure', (_request, response) => response.writeHead(500).end('{}')],
    ['is too long', (_request, response) => response.end(`"${'x'.repeat(2_000)}"`)],
    ['never begins', () => undefined],
    ['never ends', (_request, response) => void response.write('{')],
    ['breaks off', (_request, response) => void response.writeHead(200, { 'content-length': '9' }).write('{', () => response.destroy())],
  ])('that %s is refused', async (_name, listener) => {
    const address = await serve(listener);
    expect(await reasonOf(address, { reach: 'any', maxBytes: 1_000, timeoutMs: 300 })).toBe('answer');
  }); // prettier-ignore

  it('is not there when nobody listens', async () => {
    expect(await reasonOf('http://127.0.0.1:9/', { reach: 'any' })).toBe('answer');
  });
});
