import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { recordsChanged } from '@muster/contracts';
import { newId } from '@muster/persistence';
import { ApiTestbed, KINDS, LEAST } from '../testbed/api-testbed.js';

let bed: ApiTestbed;

beforeAll(async () => {
  bed = await ApiTestbed.start();
});
afterAll(() => bed?.service.stop());

const faultsOf = (body: { errors: Record<string, unknown>[] }) =>
  body.errors.map(({ pointer, code }) => [pointer, code]);

describe.each(KINDS)('%s', (kind) => {
  const entity = kind.slice(0, -1);

  it('are added, read, changed and put into the recycle bin, and told of', async () => {
    const who = bed.person();
    const made = await bed.add(who, kind, { externalId: '007' });
    expect(made).toMatchObject({ ...LEAST[kind], externalId: '007', customFields: {}, version: 1 });
    const path = `${kind}/${made.id}`;
    const read = await bed.send(who, 'GET', path);
    expect([read.body, read.headers.get('etag')]).toEqual([made, '"1"']);
    const field = kind === 'customers' ? 'city' : 'notes';
    const changed = await bed.send(who, 'PATCH', path, { [field]: 'Ölmühle' }, { 'if-match': '"1"' });
    expect(changed.body).toEqual({ ...made, [field]: 'Ölmühle', version: 2, updatedAt: expect.any(String) });
    expect((await bed.send(who, 'PATCH', path, { [field]: 'x' }, { 'if-match': '"1"' })).status).toBe(412);
    expect((await bed.send(who, 'PATCH', path, { externalId: '008' })).body['code']).toBe('external_id_fixed');
    expect((await bed.send(who, 'DELETE', path)).status).toBe(204);
    const gone = await bed.send(who, 'GET', path);
    expect([gone.status, gone.body['code']]).toEqual([404, `${entity}_not_found`]);
    await vi.waitFor(() => {
      const told = bed.service.events(recordsChanged).filter(({ data }) => data.repId === made.repId);
      expect(told.map(({ data }) => [data.entity, data.created, data.updated, data.removed])).toEqual([
        [entity, [made.id], [], []],
        [entity, [], [made.id], []],
        [entity, [], [], [made.id]],
      ]);
    }, PATIENT);
    const log = await bed.query(who, `select op from ${entity}_change where record_id = $1 order by seq`, [made.id]);
    expect(log).toEqual([{ op: 'I' }, { op: 'U' }, { op: 'U' }]);
  });

  it('have an external id once per rep', async () => {
    const who = bed.person();
    const { repId } = await bed.add(who, kind, { externalId: 'A1' });
    const second = await bed.send(who, 'POST', kind, { ...LEAST[kind], repId, externalId: 'A1' });
    expect([second.status, second.body['code'], faultsOf(second.body)]).toEqual([
      409,
      'external_id_taken',
      [['/externalId', 'value_taken']],
    ]);
    expect(second.body.errors[0]?.['message']).toMatch(/already/);
    await bed.add(who, kind, { externalId: 'A1' });
  });

  it('are listed page by page in every order, each once', async () => {
    const who = bed.person();
    const made = [];
    for (let i = 0; i < 5; i++) made.push((await bed.add(who, kind)).id);
    for (const sort of ['id', '-id', 'updatedAt', '-updatedAt']) {
      const seen: unknown[] = [];
      for (let cursor: unknown = ''; cursor !== null;) {
        const { body } = await bed.send(who, 'GET', `${kind}?limit=2&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`);
        seen.push(...body.items.map(({ id }) => id));
        cursor = body['nextCursor'];
      }
      expect(seen).toEqual(sort.startsWith('-') ? made.toReversed() : made);
    }
    const swapped = await bed.send(who, 'GET', `${kind}?limit=2`);
    const cursor = String(swapped.body['nextCursor']);
    expect((await bed.send(who, 'GET', `${kind}?sort=updatedAt&cursor=${cursor}`)).body['code']).toBe('invalid_cursor');
    expect((await bed.send(who, 'GET', `${kind}?sort=name1`)).status).toBe(422);
  });

  it('are seen and changed by those whom they concern only', async () => {
    const admin = bed.person();
    const user = bed.person('user', admin.companyId);
    const boss = bed.person('supervisor', admin.companyId);
    const [ofUser, ofOther] = [await bed.add(user, kind, { repId: user.userId }), await bed.add(admin, kind)];
    bed.inSight.set(boss.userId, [user.userId, boss.userId]);
    const seen = async (who: typeof admin, query = '') =>
      (await bed.items(who, `${kind}${query}`)).map(({ id }) => id);
    expect(await seen(admin)).toEqual([ofUser.id, ofOther.id]);
    expect([await seen(user), await seen(boss)]).toEqual([[ofUser.id], [ofUser.id]]);
    expect(await seen(boss, `?rep=${ofOther.repId}`)).toEqual([]);
    expect((await bed.send(boss, 'PATCH', `${kind}/${ofUser.id}`, { notes: 'seen' })).status).toBe(200);
    await bed.add(boss, kind, { repId: user.userId });
    const foreign = await bed.send(boss, 'POST', kind, { ...LEAST[kind], repId: ofOther.repId });
    expect([foreign.status, foreign.body['code']]).toEqual([422, 'rep_unknown']);
    const stranger = bed.person();
    for (const [who, id] of [[user, ofOther.id], [boss, ofOther.id], [stranger, ofUser.id], [admin, newId()], [admin, "x'"]] as const) {
      for (const [method, body] of [['GET'], ['PATCH', { notes: 'x' }], ['DELETE']] as const) {
        const answer = await bed.send(who, method, `${kind}/${id}`, body);
        expect([answer.status, answer.body['code']]).toEqual([404, `${entity}_not_found`]);
      }
    }
    expect(await seen(stranger)).toEqual([]);
  }); // prettier-ignore

  it('take nothing that is no field, and no hostile text', async () => {
    const who = bed.person();
    const hostile = JSON.parse(
      '{"__proto__": {"a": 1}, "constructor": 1, "id": "x", "version": 9, "customFields.a": 1}',
    );
    const { status, body } = await bed.send(who, 'POST', kind, {
      repId: newId(),
      ...LEAST[kind],
      ...hostile,
      ['__proto__']: 1,
    });
    expect(status).toBe(422);
    expect(faultsOf(body)).toEqual(expect.arrayContaining([['/id', 'unknown_property'], ['/version', 'unknown_property'], ['/customFields.a', 'unknown_property']])); // prettier-ignore
    const text = `'; drop table ${entity}; -- {"a"} \\ 🦁`;
    const made = await bed.add(who, kind, { notes: text });
    expect(made['notes']).toBe(text);
    for (const q of [`'`, '%25', '\\', '{', '"', '%F0%9F%A6%81']) {
      expect((await bed.send(who, 'GET', `${kind}?q=${q}`)).status).toBe(200);
    }
    expect((await bed.send(who, 'GET', `${kind}?q=a%00b`)).status).toBe(422);
  });
});

describe('what is searched for', () => {
  it('is found by beginnings of words, each of them, whatever the letter case and accents', async () => {
    const who = bed.person();
    const found = async (q: string, kind = 'customers') =>
      (await bed.items(who, `${kind}?q=${encodeURIComponent(q)}`)).map(({ externalId }) => externalId);
    await bed.add(who, 'customers', { externalId: '0010-A7', name1: 'Löwen-Apotheke', city: 'Graz' });
    const adler = await bed.add(who, 'customers', {
      externalId: 'B',
      name1: 'Adler',
      name2: 'Straßenbau',
      city: 'Graz',
    });
    await bed.add(who, 'tasks', { externalId: 'T', subject: 'Adler anrufen' });
    expect(await found('lowen')).toEqual(['0010-A7']);
    expect(await found('APO')).toEqual(['0010-A7']);
    expect(await found('10-a')).toEqual(['0010-A7']);
    expect(await found('strass gr')).toEqual(['B']);
    expect(await found('graz')).toEqual(['0010-A7', 'B']);
    expect(await found('dler')).toEqual([]);
    expect(await found('007')).toEqual([]);
    expect(await found('10')).toEqual(['0010-A7']);
    expect([await found('.*'), await found('A|G'), await found('[a]'), await found('\\m'), await found('(')]).toEqual([[], [], [], [], []]); // prettier-ignore
    await bed.add(who, 'customers', { externalId: '{x_17}', name1: '«Ёлка» (neu)' });
    for (const q of ['17', '{x', 'x_1', 'елк', 'Ёлка', '(neu', 'neu'])
      expect([q, await found(q)]).toEqual([q, ['{x_17}']]);
    expect(await found('anr', 'tasks')).toEqual(['T']);
    await bed.send(who, 'PATCH', `customers/${adler.id}`, { name1: 'Falke' });
    expect([await found('adler'), await found('falk')]).toEqual([[], ['B']]);
    await bed.send(who, 'DELETE', `customers/${adler.id}`);
    expect(await found('falk')).toEqual([]);
    expect(await bed.items(bed.person(), 'customers?q=graz')).toEqual([]);
  });

  it('is the same page whichever way it is found', async () => {
    const who = bed.person();
    const rep = newId();
    await bed.query(
      who,
      `insert into task (id, company_id, rep_id, external_id, subject)
       select uuidv7(), $1, $2, n::text, 'Call ' || case when n % 2000 = 0 then 'rare' else 'often' end
         from generate_series(1, 4000) n`,
      [who.companyId, rep],
    );
    const found = async (query: string) => (await bed.items(who, `tasks?${query}`)).map(({ externalId }) => externalId);
    expect(await found('q=call&limit=3&sort=-id')).toEqual(['4000', '3999', '3998']);
    expect(await found('q=call+rare')).toEqual(['2000', '4000']);
    expect(await found('q=call+oft&limit=2')).toEqual(['1', '2']);
    expect(await found(`q=call&rep=${newId()}`)).toEqual([]);
    expect(await found('externalId=2000')).toEqual(['2000']);
  });
});

describe('a reference', () => {
  it('is given by id or external id, and answered with what people know the customer by', async () => {
    const who = bed.person();
    const repId = newId();
    const customer = await bed.add(who, 'customers', { repId, externalId: 'C1', name1: 'Löwen' });
    const known = { customer: customer.id, customerExternalId: 'C1', customerName: 'Löwen' };
    const task = await bed.add(who, 'tasks', { repId, customer: { externalId: 'C1' } });
    expect(task).toMatchObject(known);
    expect(await bed.add(who, 'reports', { repId, customer: customer.id })).toMatchObject(known);
    expect(await bed.add(who, 'appointments', { repId, city: null, customer: customer.id })).toMatchObject(known);
    await bed.send(who, 'DELETE', `customers/${customer.id}`);
    const path = `tasks/${task.id}`;
    const left = { customer: customer.id, customerExternalId: null, customerName: null };
    expect((await bed.send(who, 'GET', path)).body).toMatchObject(left);
    // What stays as it is says nothing of a customer that is no more.
    expect((await bed.send(who, 'PATCH', path, { customer: customer.id, notes: 'x' })).body).toMatchObject(left);
    expect((await bed.send(who, 'PATCH', path, { customer: null })).body['customer']).toBeNull();
    const again = await bed.send(who, 'PATCH', path, { customer: customer.id });
    expect(faultsOf(again.body)).toEqual([['/customer', 'unknown_customer']]);
  });

  it.each([
    ['nobody', 'unknown_customer'],
    [{ externalId: 'nobody' }, 'unknown_customer'],
    [{ externalId: 1 }, 'wrong_type'],
    [{ id: newId() }, 'wrong_type'],
    [{}, 'wrong_type'],
    [[], 'wrong_type'],
    [7, 'wrong_type'],
  ])('of %j is refused', async (customer, code) => {
    const { status, body } = await bed.send(bed.person(), 'POST', 'tasks', { repId: newId(), subject: 'x', customer });
    expect([status, faultsOf(body)]).toEqual([422, [['/customer', code]]]);
  });

  it('to a customer of another rep, or of another company, is refused', async () => {
    const who = bed.person();
    const customer = await bed.add(who, 'customers', { externalId: 'C1' });
    const foreign = await bed.add(bed.person(), 'customers', { externalId: 'C1' });
    for (const wish of [customer.id, foreign.id, { externalId: 'C1' }]) {
      const { body } = await bed.send(who, 'POST', 'tasks', { repId: newId(), subject: 'x', customer: wish });
      expect(faultsOf(body)).toEqual([['/customer', 'unknown_customer']]);
    }
  });
});

describe('rules between fields', () => {
  it.each([
    ['appointments', { city: null }, [['/customer', 'customer_or_address_missing']]],
    ['appointments', { duration: null }, [['/latestEnd', 'appointment_times']]],
    ['appointments', { duration: 90, latestEnd: '2026-03-14T10:00:00' }, [['/duration', 'appointment_times']]],
    ['appointments', { duration: '30' }, [['/duration', 'wrong_type']]],
    ['reports', { start: '2026-03-14T10:00', end: '2026-03-14T09:00' }, [['/end', 'report_times']]],
    ['reports', { type: 'coffee' }, [['/type', 'unknown_code']]],
    ['tasks', { subject: ' ' }, [['/subject', 'required']]],
    ['tasks', { updateLastCalls: true }, [['/updateLastCalls', 'unknown_property']]],
    ['reports', { updateLastCalls: 1 }, [['/updateLastCalls', 'wrong_type']]],
  ])('%s with %j name their fault in both languages', async (kind, fields, faults) => {
    const texts = new Set<unknown>();
    for (const language of ['en', 'de']) {
      const body = { repId: newId(), ...LEAST[kind], ...fields };
      const answer = await bed.send(bed.person(), 'POST', kind, body, { 'accept-language': language });
      expect([answer.status, faultsOf(answer.body)]).toEqual([422, faults]);
      texts.add(answer.body.errors[0]?.['message']);
    }
    expect(texts.size).toBe(2);
  });

  it('judge a change by what is stored beside it', async () => {
    const who = bed.person();
    const { id } = await bed.add(who, 'appointments');
    const longer = await bed.send(who, 'PATCH', `appointments/${id}`, { latestEnd: '2026-03-14T09:45:00' });
    expect(faultsOf(longer.body)).toEqual([['/duration', 'appointment_times']]);
  });
});

describe('a report of a call', () => {
  it('sets the last call of its customer where it is wanted and later, and tells of it', async () => {
    const who = bed.person();
    const repId = newId();
    const customer = await bed.add(who, 'customers', { repId, lastCall: '2026-03-10T08:00:00' });
    const call = { repId, type: 'customerCall', customer: customer.id };
    const lastCall = async () => (await bed.send(who, 'GET', `customers/${customer.id}`)).body['lastCall'];
    await bed.add(who, 'reports', { ...call, start: '2026-03-14T09:30:00' });
    expect(await lastCall()).toBe('2026-03-10T08:00:00');
    await bed.add(who, 'reports', { ...call, start: '2026-03-01T09:30:00', updateLastCalls: true });
    expect(await lastCall()).toBe('2026-03-10T08:00:00');
    await bed.add(who, 'reports', { ...call, start: '2026-03-14T09:30:00', updateLastCalls: true });
    expect(await lastCall()).toBe('2026-03-14T09:30:00');
    await vi.waitFor(() => {
      const told = bed.service
        .events(recordsChanged)
        .filter(({ data }) => data.repId === repId && data.entity === 'customer');
      expect(told.map(({ data }) => data.updated)).toEqual([[], [customer.id]]);
    }, PATIENT);
  });
});
