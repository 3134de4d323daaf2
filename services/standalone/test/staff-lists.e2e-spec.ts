import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../src/cluster/service-process.js';
import { ACCESS } from './access-table.js';
import { newCompany, type Tenant } from './api.js';
import { MASS_CHANGE, REFUSED, STAYS, USERS_CONFIGURATION, usersForm, type Before } from './staff-table.js';
import { standaloneSystem, type System } from './system.js';

type Document = { paths: Record<string, Record<string, { operationId: string; responses?: object }>> };
const document = JSON.parse(await readFile(join(projectRoot(), 'openapi/muster.json'), 'utf8')) as Document;
const operations = new Map(
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, ...rest }]) => [operationId, { method, path, rest }] as const),
  ),
);

const isAboutLists = ([id, rule]: [string, string]) => /users:|imports:/.test(rule) || /Import|MassChange/.test(id);

/** Why there are no lists of accounts, and what the answer says of it in both languages. */
const REASONS = {
  host: ['salesforce', { en: 'kept in step by Salesforce', de: 'hält Salesforce auf dem Stand' }],
  licences: ['none', { en: 'this company has 1', de: 'diese Firma hat 1' }],
} as const;

describe('lists of accounts', () => {
  let system: System;
  const companies = new Map<string, { tenant: Tenant; before: Before }>();

  beforeAll(async () => {
    system = await standaloneSystem();
    for (const [reason, [hostSystem]] of Object.entries(REASONS)) {
      const tenant = await newCompany(system, 2);
      companies.set(reason, { tenant, before: await prepare(tenant) });
      const { id } = await json<{ id: string }>(tenant, 'GET', '/v1/company');
      const change = reason === 'host' ? { hostSystem } : { licences: 1 };
      await json({ token: system.operatorKey }, 'PATCH', `/v1/companies/${id}`, change);
    }
  });
  afterAll(() => system?.stop());

  async function ask({ token }: { token: string }, method: string, path: string, body?: object, language = 'en') {
    const isForm = body instanceof FormData;
    return fetch(system.url + path, {
      method,
      headers: {
        ...{ authorization: `Bearer ${token}`, 'accept-language': language, 'if-match': '*' },
        ...(body && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    });
  }

  async function json<T>(who: { token: string }, method: string, path: string, body?: object): Promise<T> {
    const response = await ask(who, method, path, body);
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async function prepare(tenant: Tenant): Promise<Before> {
    const { id: uploadId } = await json<{ id: string }>(tenant, 'POST', '/v1/uploads', usersForm());
    const configuration = USERS_CONFIGURATION;
    const job = await json<{ id: string }>(tenant, 'POST', '/v1/imports', { uploadId, configuration });
    const saved = await json<{ id: string }>(tenant, 'POST', '/v1/import-configurations', { name: 'U', configuration });
    const change = await json<{ id: string }>(tenant, 'POST', '/v1/users/bulk', MASS_CHANGE);
    return { uploadId, importId: job.id, massChangeId: change.id, configurationId: saved.id };
  }

  it('are refused or stay, and the table knows every operation about them', () => {
    const about = Object.entries(ACCESS).filter(isAboutLists).map(([id]) => id); // prettier-ignore
    const internal = about.filter((id) => /DeadLetter/.test(id));
    expect([...Object.keys(REFUSED), ...Object.keys(STAYS)].toSorted()).toEqual(
      about.filter((id) => !internal.includes(id)).toSorted(),
    );
  });

  // Drop-ins answer with text, which the document does not tell apart.
  it.each(Object.keys(REFUSED).filter((id) => id !== 'dropInUsers'))(
    '%s says in the document that it may be refused so',
    (id) => {
      expect(JSON.stringify(operations.get(id)?.rest)).toContain('user_import_not_available');
    },
  );

  describe.each(Object.entries(REASONS))('of a company without them, by its %s', (reason, [, texts]) => {
    it.each(Object.entries(REFUSED))('%s', async (id, { path, query = '', body }) => {
      const { tenant, before } = companies.get(reason) ?? {};
      const operation = operations.get(id);
      if (!tenant || !before || !operation) throw new Error('unreachable');
      for (const [language, text] of Object.entries(texts)) {
        const send = () =>
          ask(tenant, operation.method.toUpperCase(), (path?.(before) ?? operation.path) + query, body?.(before), language); // prettier-ignore
        // Companies are asked after again when what is known of them is half a minute old.
        await expect.poll(async () => (await send()).status, { interval: 500 }).toBe(403);
        const said = await (await send()).text();
        expect(said).toContain(text);
        // A drop-in answers with text.
        expect(said).toContain(id.startsWith('dropIn') ? text : '"code":"user_import_not_available"');
      }
    });
  });
});
