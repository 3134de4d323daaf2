import { randomBytes } from 'node:crypto';
import { Writable } from 'node:stream';
import type { Response } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import type { Caller } from '@muster/platform';
import { DataDesk } from '../test-support/data-desk.js';
import { AccountData } from './account-data.service.js';

let desk: DataDesk;
beforeAll(async () => {
  desk = await DataDesk.start();
});
afterAll(() => desk?.stop());

/** A client that takes nothing. */
function stuckClient(): { response: Response; stuck: Promise<void> } {
  const { promise: stuck, resolve } = Promise.withResolvers<void>();
  const response = new Writable({ write: () => resolve() });
  const rest = { setHeader: () => response, req: { method: 'GET' } };
  return { response: Object.assign(response, rest) as unknown as Response, stuck };
}

describe('a client that takes nothing', () => {
  it('holds no connection, is read for no further, and ends the work by going away', async () => {
    // What no compression makes small.
    const texts = Array.from({ length: 200 }, () => randomBytes(600).toString('base64'));
    desk.stored.task = Array.from({ length: 20_000 }, (_, n) => ({ subject: 'Task', notes: texts[n % 200] }));
    const userId = await desk.person();
    const caller: Caller = {
      ...{
        companyId: desk.company.id,
        actor: 'user:test',
        cause: 'request:test',
        userId: newId(),
        role: 'administrator',
      },
      ...{ scopes: [], language: 'en', traceparent: '' },
    };
    const clients = Array.from({ length: 10 }, () => stuckClient());
    const data = desk.server.service.app.get(AccountData);
    const sending = clients.map(({ response }) => data.send(caller, userId, 'en', response));
    await Promise.all(clients.map(({ stuck }) => stuck));
    // For as long as somebody asks.
    let before = -1;
    await expect.poll(() => before === (before = desk.pages), { interval: 1_000 }).toBe(true);
    expect((await desk.server.call('GET', '/v1/me', { token: desk.company.token })).status).toBe(200);
    // Of 21 each; were they still read, it would be more at the end.
    expect(desk.pages).toBeLessThanOrEqual(10 * 4);
    for (const { response } of clients) response.destroy();
    await Promise.all(sending);
    expect(desk.pages).toBeLessThanOrEqual(10 * 5);
  });
});
