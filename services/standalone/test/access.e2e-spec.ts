import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '@muster/persistence';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PATIENT } from '@muster/testing';
import { projectRoot } from '../src/cluster/service-process.js';
import { makeCompany } from '../src/demo/make-company.js';
import { ACCESS, CALLERS, type CallerKind } from './access-table.js';
import { newCompany, run, type Tenant } from './api.js';
import { staySignedIn } from './signed-in.js';
import { standaloneSystem, type System } from './system.js';
import { configuration, csv, repOf } from './tables.js';

interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly isPublic: boolean;
}

type Document = { paths: Record<string, Record<string, Record<string, unknown>>> };

async function operations(): Promise<Operation[]> {
  const document = JSON.parse(await readFile(join(projectRoot(), 'openapi/muster.json'), 'utf8')) as Document;
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: String(operation['operationId']),
      method: method.toUpperCase(),
      path,
      roles: (operation['x-muster-roles'] as string[] | undefined) ?? [],
      scopes: ((operation['x-muster-scope'] as string | undefined) ?? '').split(' or ').filter(Boolean),
      isPublic: operation['x-muster-roles'] === undefined,
    })),
  );
}

const everything = await operations();

/** What an operation has to be sent before it looks for what its path names. */
const LEAST: Readonly<Record<string, { body?: object; query?: string }>> = {
  changeImport: { body: { configuration: {} } },
  closeImportParts: { body: { count: 1 } },
  putImportPart: { body: { uploadId: newId() } },
  changeUserGroup: { body: { name: 'South' } },
  downloadImportResults: { query: '?outcome=failed' },
  replaceImportConfiguration: { body: { name: 'Nightly', configuration: configuration(['name1']) } },
  suggestMapping: { body: { entity: 'customer' } },
  transferUser: { body: { to: newId() } },
};

/** Of what is there in these tests, in a state that has none: an import that has ended has no plan left. */
const NOTHING_TO_SHOW: ReadonlySet<string> = new Set(['downloadImportPlan']);

/** @param ids what stands for `{id}`, by the part of the path in front of it */
async function call(
  system: System,
  { id, method, path }: Operation,
  headers: Record<string, string>,
  ids?: Map<string, string>,
) {
  const filled = path
    .replace('{n}', '1')
    .replaceAll(/\/([a-z-]+)\/\{\w+\}/g, (_, kind: string) => `/${kind}/${ids?.get(kind) ?? newId()}`);
  const hasBody = method !== 'GET' && method !== 'DELETE';
  const { body = {}, query = '' } = LEAST[id] ?? {};
  const response = await fetch(system.url + filled.replaceAll(/\{\w+\}/g, newId()) + query, {
    method,
    headers: { ...headers, 'if-match': '"1"', ...(hasBody && { 'content-type': 'application/json' }) },
    ...(hasBody && { body: JSON.stringify(body) }),
  });
  await response.body?.cancel();
  return response.status;
}

/** Accounts that are not of the staff; `role1` is a person with the role option that permits all. */
const OTHER_KINDS = [
  { email: 'portal@example.com', kind: 'portal', authorizationLevel: 0 },
  { email: 'person@example.com', kind: 'person', authorizationLevel: 0 },
  { email: 'role1@example.com', kind: 'person', authorizationLevel: 2, roleOptions: ['Sys_Admin'] },
] as const;
const nameOf = (email: string) => email.split('@')[0] ?? email;
const PERMITTED = [...new Set(Object.values(ACCESS).flatMap((rule) => rule.split(' ')))].filter(
  (one) => one.includes(':') && one !== 'users:sync',
);

describe('who may do what', () => {
  let system: System;
  const credentials = new Map<CallerKind, () => Record<string, string>>();
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  beforeAll(async () => {
    system = await standaloneSystem();
    const { token, name, email, password } = await makeCompany(system.url, system.operatorKey, 2, 'Access');
    for (const other of OTHER_KINDS) {
      const names = { firstName: 'Other', lastName: 'Kind', hasOwnSchedule: false };
      const body = JSON.stringify({ ...names, ...other });
      const headers = { ...bearer(token), 'content-type': 'application/json' };
      const made = await fetch(`${system.url}/v1/users`, { method: 'POST', headers, body });
      if (made.status !== 201) throw new Error(`${other.email}: ${made.status} ${await made.text()}`);
    }
    await letSignIn(
      system,
      { repOf: repOf(0, 2), level: 1 },
      { repOf: repOf(1, 2), level: 0 },
      ...OTHER_KINDS.map(({ email, authorizationLevel }) => ({ repOf: email, level: authorizationLevel })),
    );
    const signIn = async (kind: CallerKind, username: string) => {
      const tokenOfNow = await staySignedIn(system.url, { company: name, username, password });
      credentials.set(kind, () => bearer(tokenOfNow()));
    };
    await signIn('administrator', email);
    await signIn('supervisor', repOf(0, 2));
    await signIn('user', repOf(1, 2));
    for (const other of OTHER_KINDS) await signIn(nameOf(other.email), other.email);
    credentials.set('operator', () => bearer(system.operatorKey));
    const scopes = [...new Set(everything.flatMap((operation) => operation.scopes))];
    for (const scope of scopes) {
      const response = await fetch(`${system.url}/v1/api-keys`, {
        method: 'POST',
        headers: { ...bearer(token), 'content-type': 'application/json' },
        body: JSON.stringify({ name: scope, scopes: [scope] }),
      });
      const { apiKey } = (await response.json()) as { apiKey: string };
      credentials.set(scope, () => ({ 'x-api-key': apiKey }));
    }
  });
  afterAll(() => system?.stop());

  const credentialsOf = (kind: CallerKind) => credentials.get(kind)?.() ?? {};

  it('is written down for every operation of the document', () => {
    const documented = everything.map(({ id, roles, scopes, isPublic }) => {
      return [id, isPublic ? 'public' : [...roles.toSorted(), ...scopes.toSorted()].join(' ')];
    });
    expect(Object.fromEntries(documented)).toEqual(ACCESS);
  });

  it.each(everything.map((operation) => [operation.id, operation] as const))('%s', async (id, operation) => {
    const allowed = new Set((ACCESS[id] ?? '').split(' '));
    const seen: [string, boolean][] = [];
    for (const kind of [...CALLERS, ...[...credentials.keys()].filter((one) => one.includes(':'))]) {
      const status = await call(system, operation, credentialsOf(kind));
      seen.push([kind, status !== 403 && status !== 401]);
    }
    // Role options permit what scopes permit keys, but for keeping accounts in step.
    if (allowed.has('person') || PERMITTED.some((scope) => allowed.has(scope))) allowed.add('role1');
    const ofRole1 = await call(system, operation, credentialsOf('role1'));
    seen.push(['role1', ofRole1 !== 403 && ofRole1 !== 401]);
    const anonymous = await call(system, operation, {});
    seen.push(['nobody', anonymous !== 401 && anonymous !== 403]);
    const isPublic = allowed.has('public');
    expect(seen).toEqual(seen.map(([kind]) => [kind, isPublic || allowed.has(kind)]));
  });
});

describe('ids of another company', () => {
  let system: System;
  let owner: Tenant;
  let stranger: Tenant;
  const ids = new Map<string, string>();
  const withId = everything.filter(({ path, roles }) => path.includes('/{id}') && roles.includes('administrator'));

  beforeAll(async () => {
    system = await standaloneSystem();
    [owner, stranger] = [await newCompany(system, 2), await newCompany(system, 1)];
    const rows = [
      ['Rep', 'Id', 'name1'],
      [repOf(0, 1), 'A', 'theirs'],
    ];
    const done = await run(system, owner, { file: csv(rows), configuration: configuration(['name1']) });
    ids.set('imports', done.id).set('restore-points', done.restorePointId ?? '');
    // The bell rings a moment after the end of the import.
    const first = (path: string) =>
      vi.waitUntil(async () => (await ask<{ items: { id: string }[] }>('GET', path)).items[0]?.id, PATIENT);
    for (const kind of ['users', 'customers', 'notifications', 'me/sessions']) {
      ids.set(kind.split('/').at(-1) ?? kind, await first(`/v1/${kind}`));
    }
    const form = new FormData();
    form.set('file', new Blob([csv(rows)]), 'a.csv');
    const headers = { authorization: `Bearer ${owner.token}` };
    const uploaded = await fetch(`${system.url}/v1/uploads`, { method: 'POST', headers, body: form });
    ids.set('uploads', ((await uploaded.json()) as { id: string }).id);
    const made = async (path: string, body: object) => (await ask<{ id: string }>('POST', path, body)).id;
    const nightly = { name: 'Nightly', configuration: configuration(['name1']) };
    ids.set('import-configurations', await made('/v1/import-configurations', nightly));
    ids.set('user-groups', await made('/v1/user-groups', { name: 'North' }));
    ids.set('api-keys', await made('/v1/api-keys', { name: 'erp', scopes: ['users:read'] }));
    const userIds = [ids.get('users')];
    const reps = await ask<{ items: { id: string }[] }>('GET', '/v1/users?hasOwnSchedule=true');
    const [from, to] = reps.items.map(({ id }) => id);
    const visit = { repId: from, subject: 'Call' };
    ids.set('tasks', await made('/v1/tasks', visit));
    ids.set('reports', await made('/v1/reports', { repId: from, type: 'other' }));
    const times = { earliestBegin: '2026-03-14T09:00', duration: 30 };
    ids.set('appointments', await made('/v1/appointments', { ...visit, ...times, city: 'Graz' }));
    const label = { en: 'Size', de: 'Größe' };
    ids.set('custom-fields', await made('/v1/custom-fields', { entity: 'task', name: 'size', type: 'text', label }));
    ids.set('transfers', await made(`/v1/users/${from}/transfer`, { to }));
    ids.set('bulk', await made('/v1/users/bulk', { userIds, changes: { title: 'Dr.' } }));
    ids.set('send-jobs', await made('/v1/access-links/send', { userIds, channel: 'email' }));
  });
  afterAll(() => system?.stop());

  async function ask<T>(method: string, path: string, body?: object): Promise<T> {
    const headers = { authorization: `Bearer ${owner.token}`, 'content-type': 'application/json' };
    const response = await fetch(system.url + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  it('are there for every kind of resource', () => {
    const kinds = withId.map(({ path }) => /\/([a-z-]+)\/\{id\}/.exec(path)?.[1] ?? path);
    expect([...new Set(kinds)].filter((kind) => !ids.get(kind))).toEqual([]);
  });

  it.each(withId.map((operation) => [operation.id, operation] as const))('%s does not find them', async (_id, operation) => {
    expect(await call(system, operation, { authorization: `Bearer ${stranger.token}` }, ids)).toBe(404);
    const read = everything.find(({ method, path }) => method === 'GET' && path === operation.path);
    if (!read || operation.path.endsWith('/events')) return;
    const own = await call(system, read, { authorization: `Bearer ${owner.token}` }, ids);
    expect(own).toBe(NOTHING_TO_SHOW.has(read.id) ? 409 : 200);
  }); // prettier-ignore
});

/** Gives reps the administrator's password, and a level: how people come by their own is no business of these tests. */
async function letSignIn(system: System, ...people: { repOf: string; level: number }[]): Promise<void> {
  const client = new pg.Client({ connectionString: system.adminUrl });
  await client.connect();
  try {
    for (const { repOf: email, level } of people) {
      await client.query('begin');
      await client.query(
        `select set_config('muster.actor', 'system', true), set_config('muster.cause', 'test', true),
                set_config('muster.company', company_id::text, true)
         from user_admin.user_account where email = $1`,
        [email],
      );
      await client.query(
        `update user_admin.user_account u set authorization_level = $2, password_hash = a.password_hash
         from user_admin.user_account a
         where u.email = $1 and a.company_id = u.company_id and a.email = 'admin@example.com'`,
        [email, level],
      );
      await client.query('commit');
    }
  } finally {
    await client.end();
  }
}
