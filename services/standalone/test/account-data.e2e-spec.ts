import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CUSTOMER } from '@muster/import-model';
import { unzip } from '@muster/testing';
import { customers, newCompany, run, type Tenant } from './api.js';
import { standaloneSystem, type StandaloneSystem } from './system.js';
import { configuration, csv, customerTable, repOf } from './tables.js';

const ROWS = 2_600;
const REPS = 2;

describe('all data of one account', () => {
  let system: StandaloneSystem;
  let tenant: Tenant;
  let repId: string;
  const email = repOf(0, REPS);

  beforeAll(async () => {
    system = await standaloneSystem();
    tenant = await newCompany(system, REPS);
    const table = customerTable(ROWS, REPS);
    await run(system, tenant, { file: csv(table.rows), configuration: configuration(table.fields) });
    const { data } = await tenant.client.GET('/v1/users', { params: { query: { q: email } } });
    repId = data?.items[0]?.id ?? '';
  });
  afterAll(() => system?.stop());

  it.each(['en', 'de'] as const)('downloaded in %s and imported as it is changes nothing', async (language) => {
    const files = await download(system, tenant, repId, language);
    expect([...files.keys()]).toEqual(['account.csv', 'customers.csv', 'appointments.csv', 'tasks.csv', 'reports.csv']);
    const file = files.get('customers.csv') ?? '';
    const mappings = CUSTOMER.fields.map(({ id, label }) => ({
      SourceFieldID: label[language],
      TargetFieldID: id,
      UpdateBehavior: id === 'id' ? 2 : 0,
      emptyCell: id === 'id' ? 'keep' : 'clear',
    }));
    const userMapping = { by: 'email', constant: email };
    const again = { formatVersion: 1, entity: 'customer', mode: 'update', mappings, userMapping, options: {} };
    const done = await run(system, tenant, { file, configuration: again });
    expect(done).toMatchObject({ state: 'completed', counters: { read: ROWS / REPS, unchanged: ROWS / REPS } });
  });

  it('secures it: then the account can be deleted, and its records go with it', async () => {
    const path = { path: { id: repId } };
    await tenant.client.POST('/v1/users/{id}/deactivate', { params: path });
    // Of an account that has changed since nothing is secured.
    const [binned] = (await customers(tenant)).filter((customer) => customer.repId === repId);
    await tenant.client.DELETE('/v1/customers/{id}', { params: { path: { id: binned?.id ?? '' } } });
    expect((await remove(system, tenant, repId)).code).toBe('user_has_data');
    const files = await download(system, tenant, repId, 'en');
    const ends = [...(files.get('customers.csv') ?? '').matchAll(/,(yes|no)\r\n/g)].map(([, bin]) => bin);
    expect(ends.filter((bin) => bin === 'yes')).toHaveLength(1);
    const record = files.get('customers.csv')?.split(binned?.id ?? '')[1] ?? '';
    expect(/,(yes|no)\r\n/.exec(record)?.[1]).toBe('yes');
    await expect.poll(async () => (await remove(system, tenant, repId)).code).toBe('confirmation_required');
    const { confirmation } = await remove(system, tenant, repId);
    expect((await remove(system, tenant, repId, confirmation)).status).toBe(204);
    const left = async () => new Set((await customers(tenant)).map((customer) => customer.repId));
    await expect.poll(async () => (await left()).has(repId), { interval: 100 }).toBe(false);
    expect((await left()).size).toBe(REPS - 1);
  });
});

async function download({ url }: StandaloneSystem, { token }: Tenant, id: string, language: string) {
  const headers = { authorization: `Bearer ${token}` };
  const response = await fetch(`${url}/v1/users/${id}/data?language=${language}`, { headers });
  expect(response.status).toBe(200);
  return unzip(await response.arrayBuffer());
}

async function remove({ url }: StandaloneSystem, { token }: Tenant, id: string, confirmation?: string | null) {
  const headers = new Headers({ authorization: `Bearer ${token}`, 'if-match': '*' });
  if (typeof confirmation === 'string') headers.set('confirmation-token', confirmation);
  const response = await fetch(`${url}/v1/users/${id}`, { method: 'DELETE', headers });
  const text = await response.text();
  const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: string };
  return { status: response.status, code, confirmation: response.headers.get('confirmation-token') };
}
