import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What becomes of a request on its way: */
export type Fate =
  | 'pass'
  /** so much of its bytes reaches the server, then the line breaks: 0 is none, and 1 all but the last byte; */
  | { readonly request: number }
  /** the server does what it is asked, and so much of its answer comes back; */
  | { readonly answer: number }
  /** a proxy answers with a page of its own. */
  | { readonly status: number };

/** Passes requests on, so that a test can count them, or break the line. */
export interface Line {
  readonly url: string;
  /** Method and path of each request that was passed on whole, and answered. */
  readonly passed: string[];
  /** Asked before each request. */
  before: (request: string) => Fate;
  /** Told of each request that was answered, before its answer goes back; `true` loses it. */
  after: (request: string) => boolean | void;
  close(): Promise<void>;
}

/** A line to a server, on which nothing happens yet. */
export async function lineTo(target: string): Promise<Line> {
  const server: Server = createServer((request, response) => {
    const what = `${request.method} ${request.url}`;
    const fate = line.before(what);
    if (typeof fate === 'object' && 'request' in fate) return void breakRequest(target, request, fate.request);
    if (typeof fate === 'object' && 'status' in fate) {
      request.resume();
      const headers = { 'retry-after': '0', 'content-type': 'text/html' };
      return void response.writeHead(fate.status, headers).end(`<h1>${fate.status}</h1>`);
    }
    const { method, headers } = request;
    const onwards = httpRequest(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
      line.passed.push(what);
      const isLost = line.after(what) === true;
      if (isLost || fate !== 'pass') return void breakAnswer(answer, request.socket, isLost ? 0 : answerOf(fate));
      answer.on('error', () => response.destroy());
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    onwards.on('error', () => response.destroy());
    request.pipe(onwards);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const line: Line = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed: [],
    before: () => 'pass',
    after: () => undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return line;
}

function answerOf(fate: Fate): number {
  return typeof fate === 'object' && 'answer' in fate ? fate.answer : 0;
}

async function breakRequest(target: string, request: IncomingMessage, share: number): Promise<void> {
  const { method = '', url = '', rawHeaders, socket } = request;
  if (share > 0) {
    const bytes = whole(`${method} ${url} HTTP/1.1`, rawHeaders, await buffer(request));
    const { hostname, port } = new URL(target);
    const onwards = connect(Number(port), hostname).on('error', () => undefined);
    await writePart(onwards, bytes, share);
  }
  socket.destroy();
}

async function breakAnswer(answer: IncomingMessage, socket: Socket, share: number): Promise<void> {
  const { statusCode, statusMessage, rawHeaders } = answer;
  const body = await buffer(answer).catch(() => Buffer.alloc(0));
  if (share > 0) await writePart(socket, whole(`HTTP/1.1 ${statusCode} ${statusMessage}`, rawHeaders, body), share);
  socket.destroy();
}

function whole(first: string, rawHeaders: readonly string[], body: Buffer): Buffer {
  const headers = rawHeaders.map((text, i) => (i % 2 === 0 ? `${text}: ` : `${text}\r\n`)).join('');
  return Buffer.concat([Buffer.from(`${first}\r\n${headers}\r\n`, 'latin1'), body]);
}

/** Less than all of it. */
async function writePart(socket: Socket, bytes: Buffer, share: number): Promise<void> {
  const part = bytes.subarray(0, Math.min(Math.ceil(bytes.length * share), bytes.length - 1));
  await new Promise<void>((resolve) => socket.write(part, () => resolve()));
  socket.destroy();
}
