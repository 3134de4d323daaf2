import { randomUUID } from 'node:crypto';
import { vi } from 'vitest';
import { createMusterClient, type components, type MusterClient, PATIENT } from '@muster/testing';
import { makeCompany, type DemoCompany } from '../src/demo/make-company.js';
import { staySignedIn } from './signed-in.js';
import type { System } from './system.js';

export type Import = components['schemas']['ImportDto'];
type Problem = components['schemas']['Problem'];

const FINAL = new Set(['completed', 'completedWithErrors', 'failed', 'aborted', 'cancelled']);

/** A company of a test with its administrator's client. */
export interface Tenant {
  readonly client: MusterClient;
  readonly token: string;
  readonly name: string;
}

/** A fresh company with an administrator and reps `rep01@example.com` ... */
export async function newCompany(system: System, reps: number): Promise<Tenant> {
  const company = await makeCompany(system.url, system.operatorKey, reps, `Company ${randomUUID()}`);
  return signedIn(system, company);
}

/** The client of the administrator, who has just signed in, for as long as the test takes. */
export async function signedIn({ url }: System, company: DemoCompany): Promise<Tenant> {
  const { name, email, password } = company;
  const token = await staySignedIn(url, { company: name, username: email, password }, company.token);
  return {
    name,
    client: createMusterClient(url, token),
    get token() {
      return token();
    },
  };
}

export interface UnattendedImport {
  readonly file: string | Uint8Array<ArrayBuffer>;
  readonly configuration: object;
  readonly fileName?: string;
}

/** The multipart request of an unattended import. */
export async function send(
  system: System,
  { token }: Tenant,
  { file, configuration, fileName = 'customers.csv' }: UnattendedImport,
): Promise<Response> {
  const form = new FormData();
  form.set('configuration', JSON.stringify(configuration));
  form.set('file', new Blob([file]), fileName);
  return fetch(`${system.url}/v1/imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: form,
  });
}

/** Starts an unattended import. @throws when it is refused */
export async function start(system: System, tenant: Tenant, request: UnattendedImport): Promise<Import> {
  const response = await send(system, tenant, request);
  if (response.status !== 202) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as Import;
}

/** What a refused import says. */
export async function refusal(
  system: System,
  tenant: Tenant,
  request: UnattendedImport,
): Promise<{ status: number; body: Problem }> {
  const response = await send(system, tenant, request);
  return { status: response.status, body: (await response.json()) as Problem };
}

export async function read({ client }: Tenant, id: string): Promise<Import> {
  const { data, error } = await client.GET('/v1/imports/{id}', { params: { path: { id } } });
  if (!data) throw new Error(JSON.stringify(error));
  return data;
}

/** Waits until the import satisfies a condition. */
export function until(tenant: Tenant, id: string, condition: (job: Import) => boolean): Promise<Import> {
  return vi.waitFor(async () => {
    const job = await read(tenant, id);
    if (!condition(job)) throw new Error(`import is ${job.state}: ${JSON.stringify(job.counters)}`);
    return job;
  }, PATIENT); // prettier-ignore
}

export function untilFinal(tenant: Tenant, id: string): Promise<Import> {
  return until(tenant, id, ({ state }) => FINAL.has(state));
}

export async function run(system: System, tenant: Tenant, request: UnattendedImport): Promise<Import> {
  return untilFinal(tenant, (await start(system, tenant, request)).id);
}

/** All customers of the company. */
export async function customers({ client }: Tenant): Promise<components['schemas']['CustomerDto'][]> {
  const items: components['schemas']['CustomerDto'][] = [];
  for (let cursor: string | undefined; ;) {
    const { data, error } = await client.GET('/v1/customers', {
      params: { query: { limit: 500, ...(cursor && { cursor }) } },
    });
    if (!data) throw new Error(JSON.stringify(error));
    items.push(...data.items);
    if (data.nextCursor === null) return items;
    cursor = data.nextCursor;
  }
}

/** The id of the account with this e-mail. */
export async function repIdOf({ client }: Tenant, email: string): Promise<string> {
  const { data } = await client.GET('/v1/users', { params: { query: { q: email } } });
  const found = data?.items.find((user) => user.email === email);
  if (!found) throw new Error(`There is no ${email}`);
  return found.id;
}

const NO_OUTCOMES: ReadonlySet<string> = new Set(['read', 'deactivated', 'removed']);

/** Rows of all outcomes. */
export function sumOf({ counters }: Import): number {
  const outcomes = Object.entries(counters).filter(([name]) => !NO_OUTCOMES.has(name));
  return outcomes.reduce((sum, [, count]) => sum + count, 0);
}
