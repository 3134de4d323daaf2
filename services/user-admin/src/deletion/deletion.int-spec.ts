import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { recordsOfRep, recordsTransferred, userDeleted } from '@muster/contracts';
import { newId, UnitOfWork } from '@muster/persistence';
import { UserAdmin, type Answer, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;
let records: { entity: string; count: number }[] = [];
/** What happens while it is asked how many records there are. */
let meanwhile: () => Promise<unknown> = () => Promise.resolve();

beforeAll(async () => {
  server = await UserAdmin.start();
  await server.service.transport.start();
  server.service.answer(recordsOfRep, async () => {
    await meanwhile();
    return { counts: records };
  });
  company = await server.company();
});
afterAll(async () => {
  await server?.service.transport.stop();
  await server?.service.stop();
});
beforeEach(() => {
  records = [];
  meanwhile = () => Promise.resolve();
});

interface Options {
  readonly token?: string;
  readonly confirmation?: string | undefined;
  readonly ifMatch?: string;
  readonly query?: string;
}

function remove(id: string, { token = company.token, confirmation, ifMatch = '*', query = '' }: Options = {}) {
  const headers = { 'if-match': ifMatch, ...(confirmation !== undefined && { 'confirmation-token': confirmation }) };
  return server.call('DELETE', `/v1/users/${id}${query}`, { token, headers });
}

async function confirmation(id: string, options: Options = {}): Promise<string> {
  const { body, headers } = await remove(id, options);
  expect(body).toMatchObject({ status: 409, code: 'confirmation_required' });
  return headers.get('confirmation-token') ?? '';
}

let people = 0;
async function person(wishes: Record<string, unknown> = {}, token = company.token): Promise<string> {
  const json = { email: `person${++people}@example.com`, ...wishes };
  const { body } = await server.createUser(token, json);
  expect(body).toMatchObject({ id: expect.any(String) });
  return String(body['id']);
}

const deactivate = (id: string, token = company.token) =>
  server
    .call('POST', `/v1/users/${id}/deactivate`, { token })
    .then(({ body }) => expect(body['loginEnabled']).toBe(false));

async function deactivated(wishes: Record<string, unknown> = {}): Promise<string> {
  const id = await person(wishes);
  await deactivate(id);
  return id;
}

/** In which tables of the schema the text stands, in any column. */
async function tablesWith(companyId: string, ...texts: string[]): Promise<string[]> {
  const scope = { companyId, actor: 'system', cause: 'request:test' };
  const tables = [
    'user_account',
    'user_account_change',
    'user_account_term',
    'audit_log',
    'session',
    'refresh_token',
    'user_access',
    'access_link',
    'access_link_job_item',
  ];
  return server.service.app.get(UnitOfWork).run(scope, async (manager) => {
    const found = [];
    for (const table of tables) {
      const rows = await manager.query<unknown[]>(
        `select 1 from ${table} t where exists (
           select 1 from unnest($1::text[]) as w(text) where strpos(lower(replace(t::text, '-', '')), lower(w.text)) > 0)`,
        [texts],
      );
      if (rows.length > 0) found.push(table);
    }
    return found;
  });
}

describe('the deletion of an account', () => {
  it('needs a confirmation, is announced, and is final', async () => {
    const id = await deactivated({ email: 'gone@example.com' });
    const version = (await server.call('GET', `/v1/users/${id}`, { token: company.token })).headers.get('etag') ?? '';
    const token = await confirmation(id, { ifMatch: version });
    const done = await remove(id, { confirmation: token, ifMatch: version });
    expect(done.status).toBe(204);
    for (const answer of [
      await server.call('GET', `/v1/users/${id}`, { token: company.token }),
      await remove(id, { confirmation: token }),
      await server.call('POST', `/v1/users/${id}/activate`, { token: company.token }),
    ]) {
      expect(answer.body).toMatchObject({ status: 404, code: 'user_not_found' });
    }
    await expect
      .poll(() => server.service.events(userDeleted).filter(({ data }) => data.userId === id))
      .toMatchObject([{ companyId: company.id, subject: id, data: { version: 3, discardData: false } }]);
    expect((await server.createUser(company.token, { email: 'gone@example.com' })).status).toBe(201);
  });

  it('leaves nothing of the person but the id, and ends all access', async () => {
    const id = await person({
      email: 'trace@example.com',
      firstName: 'Trixi',
      lastName: 'Spurlos',
      authorizationLevel: 2,
    });
    await server.givePassword(company.id, id);
    const signedIn = await server.signIn(company.id, 'trace@example.com');
    const token = String(signedIn.body['access_token']);
    const json = { name: 'of hers', scopes: ['users:read'] };
    const key = (await server.call('POST', '/v1/api-keys', { token, json })).body;
    const apiKey = String(key['apiKey']);
    expect((await server.call('GET', '/v1/users', { token: apiKey })).status).toBe(200);
    await server.call('PATCH', `/v1/users/${id}`, { token, json: { note: 'Spurlos' }, headers: { 'if-match': '*' } });
    expect(await tablesWith(company.id, 'spurlos')).toEqual(
      expect.arrayContaining(['user_account', 'user_account_change', 'user_account_term', 'audit_log']),
    );
    await deactivate(id);
    expect((await remove(id, { confirmation: await confirmation(id) })).status).toBe(204);

    expect(await tablesWith(company.id, 'spurlos', 'trace@')).toEqual([]);
    expect(await tablesWith(company.id, id)).toEqual(['audit_log']);
    expect((await server.call('GET', '/v1/me', { token })).status).toBe(401);
    const refresh = { refresh_token: String(signedIn.body['refresh_token']) };
    expect((await server.grant('refresh_token', refresh)).status).toBe(401);
    expect((await server.call('GET', '/v1/users', { token: apiKey })).status).toBe(401);
    const log = await server.call('GET', `/v1/audit-log?subjectId=${id}`, { token: company.token });
    const entries = log.body['items'] as { action: string; subject: { label: string } }[];
    expect(entries.map(({ action }) => action).slice(0, 2)).toEqual(['erased', 'deleted']);
    expect(new Set(entries.map(({ subject }) => subject.label.slice(0, 7)))).toEqual(new Set(['erased-']));
  });

  it('frees the licence', async () => {
    const { token } = await server.company({ licences: 1 });
    const id = await person({}, token);
    await deactivate(id, token);
    expect((await server.createUser(token, { email: 'next@example.com' })).body['code']).toBe('licence_exceeded');
    await remove(id, { token, confirmation: await confirmation(id, { token }) });
    expect((await server.createUser(token, { email: 'next@example.com' })).status).toBe(201);
  });
});

describe('a deletion is refused', () => {
  it('while the account is active, the last administrator among them', async () => {
    const id = await person();
    expect((await remove(id)).body).toMatchObject({ status: 409, code: 'user_still_active' });
    const me = await server.call('GET', '/v1/me', { token: company.token });
    const own = (me.body['user'] as { id: string } | undefined)?.id ?? String(me.body['id']);
    expect((await remove(own)).body).toMatchObject({ status: 409, code: 'user_still_active' });
    const behind = server.change(company.id, 'delete from user_account where id = $1', [own]);
    await expect(behind).rejects.toThrow('a company without an active administrator');
  });

  it('without or with another version', async () => {
    const id = await deactivated();
    const headers = {};
    const none = await server.call('DELETE', `/v1/users/${id}`, { token: company.token, headers });
    expect(none.body).toMatchObject({ status: 428, code: 'precondition_required' });
    expect((await remove(id, { ifMatch: '"1"' })).body).toMatchObject({ status: 412, code: 'version_conflict' });
  });

  it('while there is field data, unless it is to be discarded', async () => {
    const id = await deactivated();
    records = [{ entity: 'customer', count: 3 }];
    const refused = await remove(id);
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'user_has_data',
      errors: [{ code: 'records_of_user', message: 'Customers: 3' }],
    });
    expect(refused.body['detail']).toContain('3');
    const query = '?discardData=true';
    const token = await confirmation(id, { query });
    expect((await remove(id, { query, confirmation: token })).status).toBe(204);
    await expect
      .poll(() => server.service.events(userDeleted).filter(({ data }) => data.userId === id))
      .toMatchObject([{ data: { discardData: true } }]);
  });

  describe('while records are transferred', () => {
    const order = async (from: string, to: string) => {
      const { body } = await server.call('POST', `/v1/users/${from}/transfer`, { token: company.token, json: { to } });
      expect(body).toMatchObject({ state: 'running' });
      return String(body['id']);
    };
    const end = async (transferId: string, repId: string, toRepId: string) => {
      const scope = { companyId: company.id, actor: 'user:ada', cause: 'request:transfer' };
      const told = { transferId, repId, toRepId, counts: [] };
      await server.service.publish(recordsTransferred, scope, { ...told, state: 'completed' });
      const state = async () =>
        (await server.call('GET', `/v1/users/transfers/${transferId}`, { token: company.token })).body['state'];
      await expect.poll(state).toBe('completed');
    };

    it.each(['from', 'to'])('%s the account', async (side) => {
      const [id, other] = [await deactivated(), await person()];
      const between: [string, string] = side === 'from' ? [id, other] : [other, id];
      const token = await confirmation(id);
      const transferId = await order(...between);
      const refused = await remove(id, { confirmation: token, query: '?discardData=true' });
      expect(refused.body).toMatchObject({ status: 409, code: 'transfer_running' });
      expect(refused.body['detail']).toContain(transferId);
      await end(transferId, ...between);
      expect((await remove(id, { confirmation: token })).status).toBe(204);
    });

    it('or were, since it was asked whether there are any', async () => {
      const [id, other] = [await deactivated(), await person()];
      const token = await confirmation(id);
      meanwhile = async () => end(await order(other, id), other, id);
      expect((await remove(id, { confirmation: token })).body).toMatchObject({ code: 'transfer_running' });
      meanwhile = () => Promise.resolve();
      expect((await remove(id, { confirmation: token })).status).toBe(204);
    });
  });

  it('on a token that was given for something else', async () => {
    const [one, two] = [await deactivated(), await deactivated()];
    const token = await confirmation(one);
    const colleague = await person({ email: 'colleague@example.com', authorizationLevel: 2 });
    await server.givePassword(company.id, colleague);
    const other = String((await server.signIn(company.id, 'colleague@example.com')).body['access_token']);
    const refused: Answer[] = [
      await remove(two, { confirmation: token }),
      await remove(one, { confirmation: token, token: other }),
      await remove(one, { confirmation: token, query: '?discardData=true' }),
      await remove(one, { confirmation: company.token }),
      await remove(one, { confirmation: 'nonsense' }),
    ];
    await server.call('PATCH', `/v1/users/${one}`, {
      token: company.token,
      json: { title: 'Dr.' },
      headers: { 'if-match': '*' },
    });
    refused.push(await remove(one, { confirmation: token }));
    for (const { body } of refused) expect(body).toMatchObject({ status: 409, code: 'confirmation_required' });
  });

  it('of unknown and foreign accounts, which are answered alike', async () => {
    const other = await server.company();
    const id = await deactivated();
    for (const unknown of [id, newId(), 'nonsense']) {
      const answer = await remove(unknown, { token: other.token });
      expect(answer.body).toMatchObject({ status: 404, code: 'user_not_found' });
    }
    expect((await remove(id, { confirmation: await confirmation(id) })).status).toBe(204);
  });

  it('to keys, whatever their scopes, and to everybody but administrators', async () => {
    const id = await deactivated();
    const json = { name: 'all', scopes: ['users:read', 'users:write', 'users:sync'] };
    const key = (await server.call('POST', '/v1/api-keys', { token: company.token, json })).body;
    expect((await remove(id, { token: String(key['apiKey']) })).status).toBe(403);
    const boss = await person({ email: 'supervisor@example.com', authorizationLevel: 1 });
    await server.givePassword(company.id, boss);
    const signedIn = await server.signIn(company.id, 'supervisor@example.com');
    expect((await remove(id, { token: String(signedIn.body['access_token']) })).status).toBe(403);
  });

  it('by the database, where somebody would forget an account that is there', async () => {
    const id = await person();
    await expect(server.change(company.id, 'select forget_account($1)', [id])).rejects.toThrow('still there');
    const other = await server.company();
    await server.change(other.id, 'select forget_account($1)', [id]);
    expect(await tablesWith(company.id, id)).toContain('user_account_change');
  });
});

describe('a deletion and an activation at the same time', () => {
  it('come out as one of both', async () => {
    for (let n = 0; n < 5; n++) {
      const id = await deactivated();
      const token = await confirmation(id);
      const [deletion, activation] = await Promise.all([
        remove(id, { confirmation: token }),
        server.call('POST', `/v1/users/${id}/activate`, { token: company.token }),
      ]);
      const outcome = `${deletion.status} ${activation.status}`;
      expect(['204 404', '409 200', '412 200']).toContain(outcome);
      const left = await server.call('GET', `/v1/users/${id}`, { token: company.token });
      expect(left.status).toBe(deletion.status === 204 ? 404 : 200);
    }
  });

  it('twice delete once', async () => {
    const id = await deactivated();
    const token = await confirmation(id);
    const answers = await Promise.all([1, 2, 3].map(() => remove(id, { confirmation: token })));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([204, 404, 404]);
    await expect
      .poll(() => server.service.events(userDeleted).filter(({ data }) => data.userId === id))
      .toHaveLength(1);
  });
});
