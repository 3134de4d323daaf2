import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { administratorsOfCompany, importAwaitsApproval, importFinished, type Id } from '@muster/contracts';
import { newId, schemaDrift, type Scope } from '@muster/persistence';
import { startTestService, type TestPerson, type TestService, PATIENT } from '@muster/testing';
import { NOTIFICATION_DATABASE } from '../database.js';
import { NOTIFICATION } from '../definition.js';
import { NotificationsService } from './notifications.service.js';

const COUNTERS = {
  read: 1200,
  created: 1000,
  updated: 150,
  unchanged: 40,
  ignored: 5,
  invalid: 3,
  failed: 2,
  unprocessed: 0,
};

describe('the bell', () => {
  let service: TestService;
  let bell: NotificationsService;

  beforeAll(async () => {
    service = await startTestService(NOTIFICATION);
    bell = service.app.get(NotificationsService);
  });
  afterAll(() => service?.stop());

  const person = (companyId: Id = newId()): TestPerson => ({ companyId, userId: newId(), role: 'user' });

  async function finish(who: TestPerson, importId = newId(), requestedBy: Id | null = who.userId) {
    const scope: Scope = { companyId: who.companyId, actor: `user:${who.userId}`, cause: `import:${importId}` };
    const state = 'completedWithErrors';
    const facts = { importId, entity: 'customer', fileName: 'customers.csv', state, counters: COUNTERS } as const;
    await bell.tellOfImport(scope, { ...facts, restorePointId: null, requestedBy });
    return importId;
  }

  async function send(who: TestPerson, method: string, path = '', language = 'en') {
    const headers = { authorization: await service.authorization(who), 'accept-language': language };
    const response = await fetch(`${service.url}/v1/notifications${path}`, { method, headers });
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    return { status: response.status, body: body as { items: Record<string, unknown>[]; [property: string]: unknown } };
  }

  it('has the schema that the entities say', async () => {
    expect(await schemaDrift(NOTIFICATION_DATABASE, service.database.urls.notification.ownerUrl)).toEqual([]);
  });

  it('tells who asked for an import that it is over, in the reader’s language', async () => {
    const who = person();
    const importId = await finish(who);
    const { body } = await send(who, 'GET');
    expect(body).toMatchObject({ unreadCount: 1, nextCursor: null });
    expect(body.items).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}$/),
        kind: 'import-finished',
        title: 'Import completed, some rows were not taken',
        body:
          'customers.csv: 1,200 rows read, 1,000 created, 150 updated, 40 unchanged, 5 ignored, 3 invalid, 2 failed, ' +
          '0 not processed.',
        link: `/v1/imports/${importId}`,
        createdAt: expect.any(String),
        readAt: null,
      },
    ]);
    const german = await send(who, 'GET', '', 'de');
    expect(german.body.items[0]).toMatchObject({
      title: 'Import abgeschlossen, einige Zeilen wurden nicht übernommen',
    });
    expect(german.body.items[0]?.['body']).toContain('1.200 Zeilen gelesen');
  });

  it('rings once, however often the event comes', async () => {
    const who = person();
    const importId = newId();
    await Promise.all([1, 2, 3].map(() => finish(who, importId)));
    expect((await send(who, 'GET')).body.items).toHaveLength(1);
  });

  it('does not ring for a connector’s key', async () => {
    const who = person();
    await finish(who, newId(), null);
    expect((await send(who, 'GET')).body.items).toEqual([]);
  });

  it('counts what is unread, marks one and all as read, once', async () => {
    const who = person();
    for (let i = 0; i < 3; i++) await finish(who);
    const { items } = (await send(who, 'GET')).body;
    const path = `/${String(items[1]?.['id'])}/read`;
    expect((await send(who, 'POST', path)).status).toBe(204);
    const { body } = await send(who, 'GET');
    expect(body['unreadCount']).toBe(2);
    const readAt = body.items[1]?.['readAt'];
    expect(readAt).not.toBeNull();
    expect((await send(who, 'POST', path)).status).toBe(204);
    expect((await send(who, 'POST', '/read-all')).status).toBe(204);
    const after = (await send(who, 'GET')).body;
    expect(after['unreadCount']).toBe(0);
    expect(after.items[1]?.['readAt']).toBe(readAt);
  });

  it('lists page by page, the newest first', async () => {
    const who = person();
    const imports: string[] = [];
    for (let i = 0; i < 5; i++) imports.unshift(`/v1/imports/${await finish(who)}`);
    const seen: unknown[] = [];
    for (let cursor: unknown = ''; cursor !== null;) {
      const { body } = await send(who, 'GET', `?limit=2${cursor ? `&cursor=${String(cursor)}` : ''}`);
      seen.push(...body.items.map(({ link }) => link));
      expect(body['unreadCount']).toBe(5);
      cursor = body['nextCursor'];
    }
    expect(seen).toEqual(imports);
    expect((await send(who, 'GET', '?cursor=x')).body['code']).toBe('invalid_cursor');
  });

  it('is everybody’s own: colleagues and other companies neither see nor mark it', async () => {
    const who = person();
    await finish(who);
    const id = String((await send(who, 'GET')).body.items[0]?.['id']);
    for (const other of [person(who.companyId), { ...who, companyId: newId() }]) {
      expect((await send(other, 'GET')).body).toMatchObject({ items: [], unreadCount: 0 });
      expect((await send(other, 'POST', `/${id}/read`)).body).toMatchObject({
        status: 404,
        code: 'notification_not_found',
      });
      expect((await send(other, 'POST', '/read-all')).status).toBe(204);
    }
    expect((await send(who, 'POST', '/nothing/read')).status).toBe(404);
    expect((await send(who, 'GET')).body['unreadCount']).toBe(1);
  });

  it('rings by the event log', async () => {
    const who = person();
    const importId = newId();
    const scope: Scope = { companyId: who.companyId, actor: `user:${who.userId}`, cause: `import:${importId}` };
    await service.publish(importFinished, scope, {
      importId,
      entity: 'customer',
      fileName: 'customers.csv',
      state: 'completed',
      counters: COUNTERS,
      restorePointId: null,
      requestedBy: who.userId,
    });
    await vi.waitFor(async () => {
      expect((await send(who, 'GET')).body.items).toMatchObject([{ title: 'Import completed' }]);
    }, PATIENT);
  });

  it('tells every administrator of an import that goes beyond the guard, once, whoever asked for it', async () => {
    const [one, other] = [person(), person()].map((who, _, [{ companyId } = who]) => ({ ...who, companyId }));
    const stranger = person();
    if (!one || !other) throw new Error('There is nobody');
    service.answer(administratorsOfCompany, ({ companyId }) => ({
      userIds: companyId === one.companyId ? [one.userId, other.userId] : [stranger.userId],
    }));
    const importId = newId();
    const scope: Scope = { companyId: one.companyId, actor: 'key:1', cause: `import:${importId}` };
    const facts = { effect: 'deactivations', planned: 12, limit: 3, base: 15, requestedBy: null } as const;
    for (let times = 0; times < 2; times++) {
      await service.publish(importAwaitsApproval, scope, { importId, entity: 'user', fileName: 'users.csv', ...facts });
    }
    const title = 'An import awaits approval';
    const body = 'users.csv: The import would deactivate 12 of 15; 3 are let pass. Nothing was written. Somebody has to approve it, or cancel.';
    for (const who of [one, other]) {
      await vi.waitFor(async () => expect((await send(who, 'GET')).body.items).toMatchObject([{ title, body, link: `/v1/imports/${importId}` }]), PATIENT);
      expect((await send(who, 'GET', '', 'de')).body.items).toMatchObject([{ title: 'Ein Import wartet auf Genehmigung', body: expect.stringContaining('12 von 15 deaktivieren; zugelassen sind 3.') as string }]);
    }
    expect((await send(stranger, 'GET')).body.items).toEqual([]);
  }); // prettier-ignore
});
