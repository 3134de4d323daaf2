import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { call, get, post } from '../../demo/http.js';
import { makeCompany, type DemoCompany } from '../../demo/make-company.js';

const REPS = 6;
const PATIENCE_MS = 30_000;

/** Somebody the API is called as, in the words of a Web Fuzzing Commons auth document. */
interface Identity {
  readonly name: string;
  readonly fixedHeaders?: readonly object[];
  readonly loginEndpointAuth?: object;
}

export interface Callers {
  readonly identities: readonly Identity[];
  /** Ids of what they sign in with, which the check must leave alone. */
  readonly ownIds: readonly string[];
}

interface Listed {
  readonly items: readonly { readonly id: string; readonly email: string | null }[];
}

/**
 * Makes a company in which there is something of everything, one beside it that must not see any of it, and somebody of each
 * role in them.
 * @param scopes of the API key
 * @param outbox where access links are written to
 */
export async function makeCallers(
  url: string,
  operatorKey: string,
  scopes: readonly string[],
  outbox: string,
): Promise<Callers> {
  const [house, neighbour] = [await makeCompany(url, operatorKey, REPS, 'Checked'), await makeCompany(url, operatorKey, 1, 'Neighbour')]; // prettier-ignore
  const { items: users } = await get<Listed>(`${url}/v1/users`, house.token);
  const idOf = (email: string) => users.find((user) => user.email === email)?.id ?? '';
  const [supervisor, user] = [idOf('rep01@example.com'), idOf('rep02@example.com')];
  const group = await post<{ id: string }>(`${url}/v1/user-groups`, house.token, { name: 'North' });
  await change(`${url}/v1/users/${supervisor}`, house, { authorizationLevel: 'supervisor', userGroups: [group.id] });
  await change(`${url}/v1/users/${user}`, house, { userGroups: [group.id] });
  const passwords = await letSignIn(url, house, [supervisor, user], outbox);
  await fillCompany(url, house, supervisor);
  const key = await post<{ id: string; apiKey: string }>(`${url}/v1/api-keys`, house.token, {
    name: 'Connector',
    scopes,
  });
  const companies = await get<Listed>(`${url}/v1/companies`, operatorKey);
  const [operatorId = ''] = /[0-9a-f]{32}/.exec(operatorKey) ?? [];
  return {
    identities: [
      signsIn('administrator', house, house.email, house.password),
      signsIn('neighbour', neighbour, neighbour.email, neighbour.password),
      signsIn('supervisor', house, 'rep01@example.com', passwords.get(supervisor) ?? ''),
      signsIn('user', house, 'rep02@example.com', passwords.get(user) ?? ''),
      { name: 'operator', fixedHeaders: [{ name: 'Authorization', value: `Bearer ${operatorKey}` }] },
      { name: 'connector', fixedHeaders: [{ name: 'X-API-Key', value: key.apiKey }] },
      // A document of identities knows none without a header.
      { name: 'nobody', fixedHeaders: [{ name: 'X-Nobody', value: 'yes' }] },
    ],
    ownIds: [...companies.items.map(({ id }) => id), idOf(house.email), supervisor, user, key.id, operatorId],
  };
}

function change(address: string, { token }: DemoCompany, body: object): Promise<unknown> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': '*' };
  return call(address, { method: 'PATCH', headers, body: JSON.stringify(body) });
}

/** As everybody comes by a password: by an access link. @returns passwords by account */
async function letSignIn(
  url: string,
  { token }: DemoCompany,
  userIds: readonly string[],
  outbox: string,
): Promise<Map<string, string>> {
  await post(`${url}/v1/access-links/send`, token, { userIds, channel: 'email' });
  const passwords = new Map<string, string>();
  for (const { path, userId } of await linksIn(join(outbox, 'access-links.jsonl'), userIds.length)) {
    const password = randomBytes(12).toString('base64url');
    const headers = { 'content-type': 'application/json' };
    await call(`${url}${path}/accept`, { method: 'POST', headers, body: JSON.stringify({ password }) });
    passwords.set(userId, password);
  }
  return passwords;
}

async function linksIn(file: string, count: number): Promise<{ path: string; userId: string }[]> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await setTimeout(100)) {
    const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').slice(0, -1);
    if (lines.length >= count) return lines.map((line) => JSON.parse(line) as { path: string; userId: string });
  }
  throw new Error(`${file} has not got ${count} access links`);
}

/** An import that has ended, with its upload, its restore point, its customers and its notification. */
async function fillCompany(url: string, { token }: DemoCompany, repId: string): Promise<void> {
  const configuration = {
    formatVersion: 1,
    entity: 'customer',
    mode: 'upsert',
    mappings: [
      { SourceFieldID: 'Id', TargetFieldID: 'externalId', UpdateBehavior: 2 },
      { SourceFieldID: 'Name', TargetFieldID: 'name1' },
    ],
    userMapping: { by: 'email', SourceFieldID: 'Rep' },
    options: { unknownReps: 'ignore' },
  };
  const form = new FormData();
  form.set('configuration', JSON.stringify(configuration));
  form.set(
    'file',
    new Blob(['Rep;Id;Name\nrep02@example.com;007;Anker\nnobody@example.com;008;Bär\n']),
    'customers.csv',
  );
  const headers = { authorization: `Bearer ${token}` };
  let job = await call<{ id: string; state: string }>(`${url}/v1/imports`, { method: 'POST', headers, body: form });
  for (const end = Date.now() + PATIENCE_MS; !job.state.startsWith('completed'); await setTimeout(100)) {
    if (Date.now() > end) throw new Error(`The import is ${job.state}`);
    job = await get(`${url}/v1/imports/${job.id}`, token);
  }
  await post(`${url}/v1/customers`, token, { repId, externalId: '009', name1: 'Cafe' });
}

function signsIn(name: string, { name: company }: DemoCompany, username: string, password: string): Identity {
  const form = new URLSearchParams({ grant_type: 'password', company, username, password });
  return {
    name,
    loginEndpointAuth: {
      verb: 'POST',
      endpoint: '/v1/auth/token',
      contentType: 'application/x-www-form-urlencoded',
      payloadRaw: form.toString(),
      token: { extractFrom: 'body', extractSelector: '/access_token', sendIn: 'header', sendName: 'Authorization', sendTemplate: 'Bearer {token}' }, // prettier-ignore
    },
  };
}
