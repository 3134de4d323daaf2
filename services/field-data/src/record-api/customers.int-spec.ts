import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findReps, recordsChanged, repsInSight, type Id } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { startTestService, type TestPerson, type TestService, PATIENT } from '@muster/testing';
import { FIELD_DATA } from '../definition.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { items: Record<string, unknown>[]; errors: Record<string, unknown>[] };
}

describe('the customers API', () => {
  const withoutSchedule = newId();
  let service: TestService;

  beforeAll(async () => {
    service = await startTestService(FIELD_DATA);
    service.answer(findReps, ({ userIds }) => ({
      found: userIds.map((userId) => ({
        userId,
        displayName: 'Rep',
        email: null,
        employeeNumber: null,
        hasOwnSchedule: userId !== withoutSchedule,
        loginEnabled: true,
      })),
    }));
    service.answer(repsInSight, () => ({ userIds: [] }));
  });
  afterAll(() => service?.stop());

  function person(role: TestPerson['role'] = 'administrator', companyId: Id = newId()): TestPerson {
    return { companyId, userId: newId(), role };
  }

  async function send(
    who: TestPerson,
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const response = await fetch(`${service.url}/v1/customers${path}`, {
      method,
      headers: { authorization: await service.authorization(who), 'content-type': 'application/json', ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
  }

  async function add(who: TestPerson, fields: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    const { status, body } = await send(who, 'POST', '', { repId: newId(), name1: 'Adler', ...fields });
    expect(body).toMatchObject({ id: expect.stringMatching(/^[0-9a-f]{32}$/) });
    expect(status).toBe(201);
    return body;
  }

  it('adds, reads, changes and deletes a customer', async () => {
    const who = person();
    const repId = newId();
    const input = {
      repId,
      externalId: '007',
      name1: 'Löwen',
      latitude: 47.07,
      longitude: 1e-7,
      callInterval: 28,
      lastCall: '2026-03-14T09:30:00',
    };
    const created = await send(who, 'POST', '', input);
    expect(created.status).toBe(201);
    expect(created.headers.get('etag')).toBe('"1"');
    expect(created.body).toMatchObject({ ...input, doNotCall: false, city: null, customFields: {}, version: 1 });
    const path = `/${String(created.body['id'])}`;
    expect((await send(who, 'GET', path)).body).toEqual(created.body);

    const changed = await send(who, 'PATCH', path, { city: 'Graz', callInterval: null }, { 'if-match': '"1"' });
    expect(changed.headers.get('etag')).toBe('"2"');
    expect(changed.body).toMatchObject({ ...input, city: 'Graz', callInterval: null, version: 2 });
    expect((await send(who, 'PATCH', path, { city: 'Wien' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await send(who, 'PATCH', path, { city: 'Graz' })).body['version']).toBe(2);

    expect((await send(who, 'DELETE', path, undefined, { 'if-match': '"1"' })).status).toBe(412);
    expect((await send(who, 'DELETE', path)).status).toBe(204);
    expect((await send(who, 'GET', path)).body).toMatchObject({ code: 'customer_not_found', status: 404 });
    await vi.waitFor(() => {
      const told = service.events(recordsChanged).filter(({ data }) => data.repId === repId);
      const id = created.body['id'];
      expect(told.map(({ data }) => [data.created, data.updated, data.removed])).toEqual([
        [[id], [], []],
        [[], [id], []],
        [[], [], [id]],
      ]);
    }, PATIENT);
  });

  it('names every faulty field, by the rules of an import', async () => {
    const { status, body } = await send(person(), 'POST', '', {
      externalId: 'a b',
      callInterval: 1.5,
      doNotCall: 'yes',
      latitude: 91,
      email: 'nobody',
      city: 'x'.repeat(101),
      colour: 'red',
      id: newId(),
    });
    expect(status).toBe(422);
    const faults = body.errors.map(({ pointer, code }) => [pointer, code]).sort();
    expect(faults).toEqual([
      ['/callInterval', 'invalid_value'],
      ['/city', 'too_long'],
      ['/colour', 'unknown_property'],
      ['/doNotCall', 'wrong_type'],
      ['/email', 'invalid_value'],
      ['/externalId', 'invalid_value'],
      ['/id', 'unknown_property'],
      ['/latitude', 'invalid_value'],
    ]);
    expect(body.errors.every(({ message }) => typeof message === 'string')).toBe(true);
  });

  it.each([
    [{ name1: '  ' }, [['/name1', 'required']]],
    [{ name1: 'x', latitude: 1 }, [['/longitude', 'coordinates_incomplete']]],
    [{ name1: 'x', notes: 'a\u0000b' }, [['/notes', 'invalid_character']]],
  ])('refuses %j', async (fields, faults) => {
    const { status, body } = await send(person(), 'POST', '', { repId: newId(), ...fields });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer, code }) => [pointer, code])).toEqual(faults);
  });

  it.each([['[]'], ['null'], ['"text"'], ['{']])('answers the body %s', async (body) => {
    const headers = { authorization: await service.authorization(person()), 'content-type': 'application/json' };
    const response = await fetch(`${service.url}/v1/customers`, { method: 'POST', headers, body });
    expect(response.status).toBe(400);
  });

  it('knows reps with a schedule only', async () => {
    const { status, body } = await send(person(), 'POST', '', { repId: withoutSchedule, name1: 'x' });
    expect([status, body['code']]).toEqual([422, 'rep_unknown']);
    expect((await send(person(), 'POST', '', { repId: 'nobody', name1: 'x' })).body['code']).toBe('rep_unknown');
    expect((await send(person(), 'POST', '', { name1: 'x' })).body['code']).toBe('validation_failed');
  });

  it('has an external id once per rep, also under a race, and never changes it', async () => {
    const who = person();
    const repId = newId();
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(who, 'POST', '', { repId, name1: 'x', externalId: 'A1' })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    expect(answers.find(({ status }) => status === 409)?.body['code']).toBe('external_id_taken');
    const other = await add(who, { repId });
    const set = await send(who, 'PATCH', `/${String(other['id'])}`, { externalId: 'A1' });
    expect(set.body['code']).toBe('external_id_taken');
    expect((await send(who, 'PATCH', `/${String(other['id'])}`, { externalId: 'A2' })).status).toBe(200);
    expect((await send(who, 'PATCH', `/${String(other['id'])}`, { externalId: 'A3' })).body['code']).toBe(
      'external_id_fixed',
    );
  });

  it('makes one customer of a request that is sent twice under one key', async () => {
    const who = person();
    const body = { repId: newId(), name1: 'once' };
    const key = { 'idempotency-key': newId() };
    const first = await send(who, 'POST', '', body, key);
    const second = await send(who, 'POST', '', body, key);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('etag')).toBe('"1"');
    expect((await send(who, 'GET', '')).body.items).toHaveLength(1);
  });

  it('loses no change of two that come at once', async () => {
    const who = person();
    const { id } = await add(who);
    const cities = Array.from({ length: 8 }, (_, i) => `City ${i}`);
    const answers = await Promise.all(
      cities.map((city) => send(who, 'PATCH', `/${String(id)}`, { city }, { 'if-match': '"1"' })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(7);
  });

  describe('lists', () => {
    it('page by page, each customer once', async () => {
      const who = person();
      const made = [];
      const reps = [newId(), newId()];
      for (let i = 0; i < 7; i++)
        made.push(await add(who, { repId: reps[i % 2], name1: `Name ${i}`, externalId: `0${i}` }));
      for (const query of ['limit=2', 'limit=2&updatedSince=2020-01-01T00:00:00Z']) {
        const seen: unknown[] = [];
        for (let cursor: unknown = ''; cursor !== null;) {
          const { body } = await send(who, 'GET', `?${query}${cursor ? `&cursor=${String(cursor)}` : ''}`);
          seen.push(...body.items.map(({ id }) => id));
          expect(body.items.length).toBeLessThanOrEqual(2);
          cursor = body['nextCursor'];
        }
        expect(seen.toSorted()).toEqual(made.map(({ id }) => id).sort());
      }
      expect((await send(who, 'GET', `?rep=${reps[1]}`)).body.items).toHaveLength(3);
      expect((await send(who, 'GET', '?q=name%203')).body.items).toMatchObject([{ name1: 'Name 3' }]);
      expect((await send(who, 'GET', '?q=04')).body.items).toMatchObject([{ externalId: '04' }]);
      expect((await send(who, 'GET', '?updatedSince=2999-01-01T00:00:00Z')).body.items).toEqual([]);
    });

    it('refuse what they did not give out', async () => {
      const made = (values: unknown[]) => Buffer.from(JSON.stringify(values)).toString('base64url');
      for (const cursor of ['x', made(['a', 'b']), made(['a']), made(['2026-01-01', newId()])]) {
        expect((await send(person(), 'GET', `?cursor=${cursor}`)).body['code']).toBe('invalid_cursor');
      }
      const swapped = `?updatedSince=2020-01-01T00:00:00Z&cursor=${made([newId(), newId()])}`;
      expect((await send(person(), 'GET', swapped)).body['code']).toBe('invalid_cursor');
      expect((await send(person(), 'GET', '?rep=nobody')).status).toBe(422);
      expect((await send(person(), 'GET', '?updatedSince=yesterday')).status).toBe(422);
    });
  });

  it('is for everybody their own: other companies, and other reps for users and supervisors', async () => {
    const admin = person();
    const mine = person('user', admin.companyId);
    const boss = person('supervisor', admin.companyId);
    const own = await add(mine, { repId: mine.userId });
    const foreign = await add(admin);
    const stranger = person();
    for (const [who, id] of [
      [mine, foreign['id']],
      [boss, foreign['id']],
      [stranger, foreign['id']],
      [stranger, newId()],
      [admin, 'x'],
    ] as const) {
      for (const [method, body] of [['GET'], ['PATCH', { city: 'x' }], ['DELETE']] as const) {
        const answer = await send(who, method, `/${String(id)}`, body);
        expect([answer.status, answer.body['code']]).toEqual([404, 'customer_not_found']);
      }
    }
    expect((await send(mine, 'GET', '')).body.items).toEqual([own]);
    expect((await send(mine, 'GET', `?rep=${String(foreign['repId'])}`)).body.items).toEqual([]);
    expect((await send(admin, 'GET', '')).body.items).toHaveLength(2);
    expect((await send(mine, 'POST', '', { repId: newId(), name1: 'x' })).body['code']).toBe('rep_unknown');
  });
});
