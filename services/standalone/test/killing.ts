import { createMusterClient } from '@muster/testing';
import type { ServiceProcess } from '../src/cluster/service-process.js';
import { call, post } from '../src/demo/http.js';
import type { DemoCompany } from '../src/demo/make-company.js';
import type { Tenant } from './api.js';
import type { System } from './system.js';

/** All at once, so that none of them sees the end of another. */
export async function killAndRestart(...processes: readonly ServiceProcess[]): Promise<void> {
  await Promise.all(processes.map((one) => one.kill()));
  await Promise.all(processes.map((one) => one.start()));
}

/** With a key: a person's token lives five minutes, which a test that kills may take on a busy machine. */
export async function lastingTenant(
  { url }: System,
  { name, token }: DemoCompany,
  scopes: readonly string[],
): Promise<Tenant> {
  const { apiKey } = await post<{ apiKey: string }>(`${url}/v1/api-keys`, token, { name: 'key', scopes });
  return { name, token: apiKey, client: createMusterClient(url, apiKey) };
}

/** As the administrator: no key may. @returns the status */
export async function approve({ url }: System, company: DemoCompany, id: string): Promise<number> {
  const { name, email: username, password } = company;
  const body = new URLSearchParams({ grant_type: 'password', company: name, username, password });
  const signedIn = await call<{ access_token: string }>(`${url}/v1/auth/token`, { method: 'POST', body });
  const approver = createMusterClient(url, signedIn.access_token);
  return (await approver.POST('/v1/imports/{id}/approve', { params: { path: { id } } })).response.status;
}
