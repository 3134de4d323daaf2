import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { dirname, join } from 'node:path';
import type { INestApplication } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Application } from 'express';
import { serviceOfPath, type ServiceName } from '@muster/contracts';
import { isReady, serveDocs } from '@muster/platform';

const LIVE = '/health/live';
const READY = '/health/ready';
const DOCUMENT = join('openapi', 'muster.json');

/**
 * One port for all services of a process: a request goes to the service of its first path segment, as an ingress does it.
 * Health is that of all of them; `/docs` and `/openapi.json` show the merged document.
 */
export async function frontDoor(apps: ReadonlyMap<ServiceName, INestApplication>): Promise<RequestListener> {
  const handlers = new Map([...apps].map(([name, app]) => [name, handlerOf(app)]));
  const own = new ExpressAdapter().getInstance<Application>();
  const document = await mergedDocument();
  if (document) serveDocs(own, document);
  own.get('/', (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(302, { location: '/docs' }).end();
  });
  return (request, response) => {
    const path = request.url?.split('?')[0] ?? '/';
    if (path === LIVE || path === READY) return void answerHealth(apps, path, response);
    const service = serviceOfPath(path);
    const handler = service && handlers.get(service);
    if (handler) return handler(request, response);
    if (document !== undefined && /^\/($|docs|openapi)/.test(path)) return void own(request, response);
    // Who asks for what nobody serves gets the problem that every service gives.
    return handlers.get('user-admin')?.(request, response);
  };
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

function handlerOf(app: INestApplication): Handler {
  return app.getHttpAdapter().getInstance() as Handler;
}

async function answerHealth(
  apps: ReadonlyMap<ServiceName, INestApplication>,
  path: string,
  response: ServerResponse,
): Promise<void> {
  const services: Record<string, string> = {};
  for (const [name, app] of apps) services[name] = path === LIVE || (await isReady(app)) ? 'ok' : 'error';
  const healthy = !Object.values(services).includes('error');
  response.writeHead(healthy ? 200 : 503, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ status: healthy ? 'ok' : 'error', services }));
}

/** The committed document, found from the sources and from `dist` alike. */
async function mergedDocument(folder = import.meta.dirname): Promise<OpenAPIObject | undefined> {
  const file = join(folder, DOCUMENT);
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as OpenAPIObject;
  return dirname(folder) === folder ? undefined : mergedDocument(dirname(folder));
}
