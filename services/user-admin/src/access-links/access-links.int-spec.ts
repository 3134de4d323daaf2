import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserAdmin, type Answer, type TestCompany } from '../test-support/user-admin.js';
import { AccessLinksService } from './access-links.service.js';
import { anyLink, sendTo, type WrittenLink } from './test-support.js';

const PASSWORD = 'zebra kiosk pfad nebel';
const DAY_MS = 24 * 60 * 60 * 1000;

let server: UserAdmin;
let company: TestCompany;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-links-'));
  server = await UserAdmin.start({ config: { linkDelivery: 'file', linkFolder: folder } });
  company = await server.company();
});
afterAll(async () => {
  await server?.service.stop();
  await rm(folder, { recursive: true });
});

let people = 0;
async function person(wishes: object = {}): Promise<string> {
  const { body } = await server.createUser(company.token, {
    email: `person${++people}@example.com`,
    hasOwnSchedule: false,
    ...wishes,
  });
  return String(body['id']);
}

const get = (token: string) => server.call('GET', `/v1/access-links/${token}`);
const accept = (token: string, password = PASSWORD) =>
  server.call('POST', `/v1/access-links/${token}/accept`, { json: { password } });
const me = async (token: unknown) => (await server.call('GET', '/v1/me', { token: String(token) })).status;
const codeOf = ({ status, body }: Answer) => [status, body['code']];

/** Sends a link and returns its token, which only the file has. */
async function sentTo(userId: string, of = company): Promise<WrittenLink> {
  return sendTo(server, of, userId, folder);
}

async function stateOf(userId: string): Promise<unknown> {
  const { body } = await server.call('GET', `/v1/users/${userId}`, { token: company.token });
  return body['accessLinkState'] ?? body['code'];
}

describe('an access link', () => {
  it('is there with the account, and goes through its states', async () => {
    const id = await person({ displayName: 'Rita die Erste', language: 'de' });
    expect(await stateOf(id)).toBe('created');
    const { token } = await sentTo(id);
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await stateOf(id)).toBe('delivered');
    const seen = await get(token);
    expect(seen.status).toBe(200);
    expect(seen.headers.get('referrer-policy')).toBe('no-referrer');
    expect(seen.body).toEqual({
      companyName: company.name,
      displayName: 'Rita die Erste',
      language: 'de',
      state: 'delivered',
      expiresAt: expect.any(String) as string,
    });
    const days = (Date.parse(String(seen.body['expiresAt'])) - Date.now()) / DAY_MS;
    expect(days).toBeGreaterThan(6.99);
    expect(days).toBeLessThanOrEqual(7);
    // Programs that scan mail open it as often as they like.
    expect((await get(token)).body).toEqual(seen.body);
    const accepted = await accept(token);
    expect(accepted.status).toBe(200);
    expect(accepted.headers.get('cache-control')).toContain('no-store');
    expect(accepted.body).toEqual({
      access_token: expect.any(String) as string,
      token_type: 'Bearer',
      expires_in: 300,
      refresh_token: expect.stringMatching(/^mrt_/) as string,
    });
    expect(await me(accepted.body['access_token'])).toBe(200);
    expect(await stateOf(id)).toBe('used');
    expect((await server.signIn(company.name, `person${people}@example.com`, PASSWORD)).status).toBe(200);
    expect(codeOf(await get(token))).toEqual([410, 'access_link_used']);
    expect(codeOf(await accept(token))).toEqual([410, 'access_link_used']);
  });

  it('is not there for an account that begins with a password, or deactivated', async () => {
    const admin = await server.call('GET', '/v1/me', { token: company.token });
    expect(await stateOf(String(admin.body['id'] ?? admin.body['userId']))).toBe('none');
    const id = await person({ loginEnabled: false });
    expect(await stateOf(id)).toBe('none');
    await server.call('POST', `/v1/users/${id}/activate`, { token: company.token });
    expect(await stateOf(id)).toBe('created');
  });

  it('expires, when the company says so', async () => {
    const id = await person();
    const setDays = (accessLinkDays: number) =>
      server.call('PATCH', '/v1/company', {
        token: company.token,
        json: { accessLinkDays },
        headers: { 'if-match': '*' },
      });
    expect((await setDays(2)).body).toMatchObject({ accessLinkDays: 2 });
    const { token } = await sentTo(id);
    await setDays(7);
    const links = server.service.app.get(AccessLinksService);
    const client = { address: null, userAgent: null };
    const late = new Date(Date.now() + 2 * DAY_MS);
    await expect(links.describe(token, new Date(Date.now() + 2 * DAY_MS - 60_000))).resolves.toMatchObject({
      state: 'delivered',
    });
    await expect(links.describe(token, late)).rejects.toMatchObject({ code: 'access_link_expired' });
    await expect(links.accept(token, PASSWORD, client, late)).rejects.toMatchObject({ code: 'access_link_expired' });
    expect(await stateOf(id)).toBe('delivered');
    expect((await accept(token)).status).toBe(200);
  });

  it('is replaced by the next one', async () => {
    const id = await person();
    const [first, second] = [await sentTo(id), await sentTo(id)];
    expect(first.token).not.toBe(second.token);
    expect(codeOf(await get(first.token))).toEqual([410, 'access_link_replaced']);
    expect(codeOf(await accept(first.token))).toEqual([410, 'access_link_replaced']);
    expect((await accept(second.token)).status).toBe(200);
    // Who forgot the password gets another one.
    const third = await sentTo(id);
    const { body } = await accept(third.token, 'nebel pfad kiosk zebra');
    expect(await me(body['access_token'])).toBe(200);
    const history = await server.change(company.id, 'select state from access_link where user_id = $1 order by id', [
      id,
    ]);
    expect(history).toEqual([{ state: 'delivered' }, { state: 'used' }, { state: 'used' }]);
  });

  it('ends with the deactivation of the account; its reactivation makes another', async () => {
    const id = await person();
    const { token } = await sentTo(id);
    await server.call('POST', `/v1/users/${id}/deactivate`, { token: company.token });
    expect(await stateOf(id)).toBe('disabled');
    expect(codeOf(await get(token))).toEqual([410, 'access_link_disabled']);
    expect(codeOf(await accept(token))).toEqual([410, 'access_link_disabled']);
    await server.call('POST', `/v1/users/${id}/activate`, { token: company.token });
    expect(await stateOf(id)).toBe('created');
    expect(codeOf(await accept(token))).toEqual([410, 'access_link_disabled']);
    expect((await accept((await sentTo(id)).token)).status).toBe(200);
  });

  it('that went to an address which was another’s ends when the address is put right', async () => {
    const id = await person();
    const { token } = await sentTo(id);
    const patch = (json: object) =>
      server.call('PATCH', `/v1/users/${id}`, { token: company.token, json, headers: { 'if-match': '*' } });
    expect((await patch({ note: 'x', mobile: '+43 664 1234567' })).status).toBe(200);
    expect((await get(token)).status).toBe(200);
    expect((await patch({ email: 'right@example.com' })).status).toBe(200);
    expect(codeOf(await accept(token))).toEqual([410, 'access_link_replaced']);
    expect(await stateOf(id)).toBe('created');
    expect(await sentTo(id)).toMatchObject({ to: 'right@example.com' });
  });

  it('ends all sessions when it is used', async () => {
    const id = await person();
    const first = await accept((await sentTo(id)).token);
    const second = await accept((await sentTo(id)).token, 'nebel pfad kiosk zebra');
    expect([await me(first.body['access_token']), await me(second.body['access_token'])]).toEqual([401, 200]);
    expect((await server.grant('refresh_token', { refresh_token: String(first.body['refresh_token']) })).status).toBe(
      401,
    );
    const sessions = await server.call('GET', '/v1/me/sessions', { token: String(second.body['access_token']) });
    expect(sessions.body['items']).toMatchObject([{ current: true, method: 'accessLink' }]);
  });

  it('is good once, also for 20 at the same time', async () => {
    const id = await person();
    const { token } = await sentTo(id);
    const passwords = Array.from({ length: 20 }, (_, n) => `zebra kiosk pfad ${n} nebel`);
    const answers = await Promise.all(passwords.map((password) => accept(token, password)));
    const won = answers.flatMap(({ status }, n) => (status === 200 ? [n] : []));
    expect(won).toHaveLength(1);
    expect(answers.filter(({ body }) => body['code'] === 'access_link_used')).toHaveLength(19);
    const email = `person${people}@example.com`;
    expect((await server.signIn(company.name, email, passwords[won[0] ?? -1])).status).toBe(200);
    const sessions = await server.change(company.id, 'select 1 from session where user_id = $1', [id]);
    expect(sessions).toHaveLength(2);
  });

  it.each([
    ['too short', 'zebra', 'too_short'],
    ['common', 'passwort123456', 'password_too_common'],
  ])('is not used up by a password that is %s', async (_name, password, code) => {
    const { token } = await sentTo(await person());
    const refused = await accept(token, password);
    expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/password', code }] });
    expect(JSON.stringify(refused.body)).not.toContain(password);
    expect((await accept(token)).status).toBe(200);
  });

  it('of a company is nothing to another, though the token alone tells whose it is', async () => {
    const other = await server.company();
    const created = await server.createUser(other.token, { email: 'person1@example.com', hasOwnSchedule: false });
    const theirs = await sentTo(String(created.body['id']), other);
    const ours = await sentTo(await person());
    expect((await get(theirs.token)).body).toMatchObject({ companyName: other.name });
    expect((await get(ours.token)).body).toMatchObject({ companyName: company.name });
    const { body } = await accept(theirs.token);
    const self = await server.call('GET', '/v1/me', { token: String(body['access_token']) });
    expect(JSON.stringify(self.body)).toContain(other.id);
    expect(await stateOf(String(created.body['id']))).toBe('user_not_found');
  });

  it('of a deleted company is gone', async () => {
    const other = await server.company();
    const created = await server.createUser(other.token, { email: 'gone@example.com', hasOwnSchedule: false });
    const { token } = await sentTo(String(created.body['id']), other);
    await server.change(other.id, 'update company set deleted_at = now() where id = $1', [other.id]);
    expect(codeOf(await get(token))).toEqual([404, 'access_link_not_found']);
    expect(codeOf(await accept(token))).toEqual([404, 'access_link_not_found']);
  });
});

describe('a token that nobody has', () => {
  it.each([
    ['of the right form', anyLink()],
    ['that is too short', 'x'],
    ['with strange characters', '%f0%9f%a6%93%20%27'],
    ['of a job', 'send-jobs'],
  ])('%s is not found', async (_name, token) => {
    expect(codeOf(await get(token))).toEqual([404, 'access_link_not_found']);
    expect(codeOf(await accept(token))).toEqual([404, 'access_link_not_found']);
  });

  it('is counted against who tries, and good ones stay good', async () => {
    const { token } = await sentTo(await person());
    const tries = await Promise.all(Array.from({ length: 110 }, () => get(anyLink())));
    expect(tries.some(({ status }) => status === 429)).toBe(true);
    expect(codeOf(await get(anyLink()))).toEqual([429, 'too_many_attempts']);
    expect((await get(token)).status).toBe(200);
    expect((await accept(token)).status).toBe(200);
  });
});
