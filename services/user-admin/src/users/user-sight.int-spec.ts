import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '@muster/persistence';
import { PASSWORD, UserAdmin, type TestCompany } from '../test-support/user-admin.js';

let server: UserAdmin;
let company: TestCompany;
const ids = new Map<string, string>();
const tokens = new Map<string, string>();
const [north, south] = [newId(), newId()];

const PEOPLE = {
  supervisor: { authorizationLevel: 1, groups: [north] },
  rep: { groups: [north, south] },
  stranger: { groups: [south] },
  alone: { groups: [] },
  groupless: { authorizationLevel: 1, groups: [] },
};

beforeAll(async () => {
  server = await UserAdmin.start();
  company = await server.company();
  for (const [name, { groups, ...wishes }] of Object.entries(PEOPLE)) {
    const email = `${name}@example.com`;
    const secret = { note: `About ${name}`, taxIdentifier: 'T-1' };
    const { body } = await server.createUser(company.token, { email, hasOwnSchedule: false, ...secret, ...wishes });
    const id = String(body['id']);
    await server.change(company.id, 'update user_account set group_ids = $2 where id = $1', [id, groups]);
    await server.givePassword(company.id, id);
    ids.set(name, id);
    tokens.set(name, String((await server.signIn(company.name, email, PASSWORD)).body['access_token']));
  }
  tokens.set('administrator', company.token);
});
afterAll(() => server?.service.stop());

const idOf = (name: string) => ids.get(name) ?? '';

describe('who sees whom', () => {
  it.each([
    ['administrator', ['supervisor', 'rep', 'stranger', 'alone', 'groupless']],
    ['supervisor', ['supervisor', 'rep']],
    ['groupless', ['groupless']],
    ['rep', ['rep']],
    ['alone', ['alone']],
  ])('%s: %j', async (reader, seen) => {
    const token = tokens.get(reader) ?? '';
    const answers = [];
    for (const name of Object.keys(PEOPLE)) {
      const { status, body } = await server.call('GET', `/v1/users/${idOf(name)}`, { token });
      answers.push(status === 200 ? body['id'] : body['code']);
    }
    const expected = Object.keys(PEOPLE).map((name) => (seen.includes(name) ? idOf(name) : 'user_not_found'));
    expect(answers).toEqual(expected);
  });

  it.each([
    ['administrator', ['Admin', 'alone', 'groupless', 'rep', 'stranger', 'supervisor']],
    ['supervisor', ['rep', 'supervisor']],
    ['groupless', ['groupless']],
  ])('%s lists %j', async (reader, seen) => {
    const { body } = await server.call('GET', '/v1/users?sort=email', { token: tokens.get(reader) ?? '' });
    expect((body['items'] as { email: string }[]).map(({ email }) => email.split('@')[0])).toEqual(seen);
  });

  it.each(['rep', 'alone'])('%s lists nobody', async (reader) => {
    const { body } = await server.call('GET', '/v1/users', { token: tokens.get(reader) ?? '' });
    expect(body).toMatchObject({ status: 403, code: 'forbidden' });
  });

  it('a supervisor searches and pages among those only', async () => {
    const token = tokens.get('supervisor') ?? '';
    const search = async (query: string) => {
      const { body } = await server.call('GET', `/v1/users?${query}`, { token });
      return (body['items'] as { email: string }[]).map(({ email }) => email.split('@')[0]);
    };
    expect(await search('q=stranger')).toEqual([]);
    expect(await search('q=rep@')).toEqual(['rep']);
    expect(await search(`group=${south}`)).toEqual(['rep']);
    expect(await search('sort=-email&limit=1')).toEqual(['supervisor']);
  });

  it.each([
    ['administrator', 'rep', true],
    ['supervisor', 'rep', false],
    ['supervisor', 'supervisor', false],
    ['rep', 'rep', false],
  ])('%s sees the fields for administrators of %s: %s', async (reader, name, seen) => {
    const { body } = await server.call('GET', `/v1/users/${idOf(name)}`, { token: tokens.get(reader) ?? '' });
    expect('note' in body && 'taxIdentifier' in body).toBe(seen);
    expect(JSON.stringify(body).includes('About')).toBe(seen);
  });

  it('nobody but administrators changes accounts', async () => {
    for (const reader of ['supervisor', 'rep']) {
      const token = tokens.get(reader) ?? '';
      const headers = { 'if-match': '*' };
      const id = idOf(reader);
      const patched = await server.call('PATCH', `/v1/users/${id}`, { token, json: { title: 'Dr.' }, headers });
      expect(patched.body).toMatchObject({ code: 'forbidden' });
      for (const action of ['activate', 'deactivate']) {
        const answer = await server.call('POST', `/v1/users/${id}/${action}`, { token });
        expect(answer.body).toMatchObject({ code: 'forbidden' });
      }
    }
  });
});
