import { ExpressAdapter } from '@nestjs/platform-express';
import type { Application, RequestHandler } from 'express';
import { expect, it } from 'vitest';
import { methodsOf } from './methods-of.js';

const handler: RequestHandler = (_request, response) => void response.end();

const app = new ExpressAdapter().getInstance<Application>();
app.post('/users', handler);
app.get('/users/:id', handler);
app.delete('/users/:id', handler);
app.get('/users/export', handler);

it.each([
  ['/users', ['POST']],
  ['/users/7', ['DELETE', 'GET']],
  ['/users/export', ['GET']],
  ['/users/%ff', []],
  ['/nobody', []],
])('%s is served with %j', (path, methods) => {
  expect(methodsOf(app, path)).toEqual(methods);
});
