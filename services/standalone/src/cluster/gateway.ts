import { createServer, request as send, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serviceOfPath, type ServiceName } from '@muster/contracts';
import { closeServer } from '@muster/platform';

export interface Gateway {
  readonly url: string;
  stop(): Promise<void>;
}

/** Sends each request to the service of its first path segment: what an ingress does on a platform. Streams both ways. */
export async function startGateway(port: number, portOf: (service: ServiceName) => number): Promise<Gateway> {
  const server = createServer((request, response) => {
    const service = serviceOfPath(request.url?.split('?')[0] ?? '/') ?? 'user-admin';
    forward(request, response, portOf(service));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, stop: () => closeServer(server) };
}

function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { method, url } = request;
  const headers = { ...request.headers, 'x-forwarded-for': request.socket.remoteAddress };
  const onward = send({ host: '127.0.0.1', port, method, path: url, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(502, { 'retry-after': '1' }).end();
  });
  response.on('close', () => onward.destroy());
  request.pipe(onward);
}
