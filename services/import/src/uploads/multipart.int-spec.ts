import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { FileStore } from '../files/file-store.js';
import { readMultipart, type MultipartForm } from './multipart.js';
import { UploadReader, type ReceivedFile } from './upload-reader.js';

const BYTE_LIMIT = 1_000_000;

const FILE_BEGIN = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\nx;y';

type Outcome = MultipartForm<ReceivedFile> | { readonly error: unknown };

describe('readMultipart', () => {
  const key = { companyId: newId(), uploadId: newId() };
  let folder: string;
  let filesFolder: string;
  let server: Server;
  let outcome: PromiseWithResolvers<Outcome>;
  let onRequest: (request: IncomingMessage) => Promise<void> | void;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'muster-multipart-'));
    filesFolder = folder;
    outcome = Promise.withResolvers();
    onRequest = () => undefined;
    server = createServer((request, response) => {
      outcome.resolve(receive(request).finally(() => response.end()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(folder, { recursive: true, force: true });
  });

  async function receive(request: IncomingMessage): Promise<Outcome> {
    await onRequest(request);
    const reader = new UploadReader(new FileStore(filesFolder));
    return readMultipart(request, (content, name) => reader.receive(key, content, name, BYTE_LIMIT)).catch(
      (error: unknown) => ({ error }),
    );
  }

  const port = () => (server.address() as AddressInfo).port;
  const files = async () => (await readdir(folder, { recursive: true })).filter((name) => name !== key.companyId);

  async function post(parts: readonly (readonly [name: string, content: string | Blob])[]): Promise<Outcome> {
    const form = new FormData();
    for (const [name, content] of parts) form.append(name, content);
    const response = await fetch(`http://127.0.0.1:${port()}`, { method: 'POST', body: form });
    await response.text();
    return outcome.promise;
  }

  /** The beginning of a request, from a sender who can go away. */
  function begin(body: string, length = 9_000_000): Socket {
    const socket = connect(port(), '127.0.0.1');
    const type = 'Content-Type: multipart/form-data; boundary=b';
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n${type}\r\n\r\n${body}`);
    return socket;
  }

  async function expectNothingLeft(): Promise<void> {
    expect(await files()).toEqual([]);
    expect(await openFiles(folder)).toEqual([]);
  }

  it('reads a file and texts, in whatever order', async () => {
    const result = await post([['a', 'ü'], ['file', new File(['x;y'], 'a.csv')], ['b', new Blob(['{}'])]]); // prettier-ignore
    expect(result).toMatchObject({ file: { fileName: 'a.csv', byteSize: 3 } });
    expect(result).toMatchObject({ fields: new Map([['a', 'ü'], ['b', '{}']]) }); // prettier-ignore
    expect(await files()).toEqual([join(key.companyId, key.uploadId)]);
  });

  it.each([3, 200_000])('a second file of %d bytes makes the form malformed', async (size) => {
    const file = new File(['y'.repeat(size)], 'b.csv');
    const result = await post([['file', new File(['x'.repeat(size)], 'a.csv')], ['file', file], ['file', file]]); // prettier-ignore
    expect(problemOf(result)).toMatchObject({ code: 'malformed_request', params: { reason: expect.stringContaining('more than one') as string } });
    expect(await openFiles(folder)).toEqual([]);
    expect(await files()).not.toContainEqual(expect.stringMatching(/\.part$/));
  }); // prettier-ignore

  it.each([
    ['too large', new File(['x'.repeat(BYTE_LIMIT + 1)], 'a.csv'), 'file_too_large'],
    ['empty', new File([], 'a.csv'), 'file_empty'],
  ])('a file that is %s leaves nothing', async (_name, file, code) => {
    expect(problemOf(await post([['file', file], ['a', 'x']]))).toMatchObject({ code }); // prettier-ignore
    await expectNothingLeft();
  });

  it('a text that is too large ends the file before it, too', async () => {
    const result = await post([['file', new File(['x'.repeat(200_000)], 'a.csv')], ['a', 'x'.repeat(1_100_000)]]); // prettier-ignore
    expect(problemOf(result)).toMatchObject({ code: 'request_too_large' });
    expect(await openFiles(folder)).toEqual([]);
  });

  it('a file that begins right behind a text that is too large is not waited for', async () => {
    const tooLarge = `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${'x'.repeat(1_100_000)}\r\n`;
    const socket = begin(tooLarge + FILE_BEGIN);
    expect(problemOf(await outcome.promise)).toMatchObject({ code: 'request_too_large' });
    socket.destroy();
    await expectNothingLeft();
  });

  it('a sender who goes away in the middle of the file leaves nothing', async () => {
    const socket = begin(FILE_BEGIN + 'x'.repeat(100_000));
    await expect.poll(files).toHaveLength(1);
    socket.destroy();
    expect(problemOf(await outcome.promise)).toMatchObject({ code: 'malformed_request' });
    await expectNothingLeft();
  });

  it('a sender who is gone before the reading begins is not waited for', async () => {
    onRequest = async (request) => {
      socket.destroy();
      await expect.poll(() => request.destroyed).toBe(true);
    };
    const socket = begin(FILE_BEGIN);
    expect(problemOf(await outcome.promise)).toMatchObject({ code: 'malformed_request' });
    await expectNothingLeft();
  });

  it('a form that ends within the file is malformed', async () => {
    const socket = begin(FILE_BEGIN, FILE_BEGIN.length);
    expect(problemOf(await outcome.promise)).toMatchObject({ code: 'malformed_request' });
    socket.destroy();
    await expectNothingLeft();
  });

  it('passes a fault of ours on as it is', async () => {
    filesFolder = join(folder, 'no-folder');
    await writeFile(filesFolder, '');
    const result = await post([['file', new File(['x'.repeat(200_000)], 'a.csv')]]);
    expect(result).toMatchObject({ error: { code: 'ENOTDIR' } });
    expect(result).not.toMatchObject({ error: expect.any(Problem) as Problem });
  });
});

function problemOf(outcome: Outcome): unknown {
  return 'error' in outcome ? outcome.error : undefined;
}

/** Descriptors that this process holds on files of a folder, where the system tells. */
async function openFiles(folder: string): Promise<string[]> {
  if (process.platform !== 'linux') return [];
  const descriptors = await readdir('/proc/self/fd');
  const targets = await Promise.all(descriptors.map((fd) => readlink(`/proc/self/fd/${fd}`).catch(() => '')));
  return targets.filter((target) => target.startsWith(folder));
}
