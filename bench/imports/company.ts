import { sampleRepEmail } from '@muster/testing';
import type { Cluster } from '../../services/standalone/src/cluster/cluster.js';
import { call, post } from '../../services/standalone/src/demo/http.js';
import { firstOperatorKey } from '../../services/standalone/src/operator-key.js';

export interface BenchCompany {
  readonly rows: number;
  readonly licences: number;
  /** Of the key that imports. */
  readonly scopes: readonly string[];
}

/** A company that may load so many rows. @returns its administrator's token and a key that imports */
export async function makeBenchCompany(
  cluster: Cluster,
  folder: string,
  { rows, licences, scopes }: BenchCompany,
): Promise<{ token: string; apiKey: string }> {
  const { secret } = await firstOperatorKey(folder, cluster.database);
  const credentials = { email: 'admin@example.com', password: 'a long enough password' };
  await post(`${cluster.url}/v1/companies`, secret, {
    ...{ name: 'Bench', language: 'en', timeZone: 'Europe/Vienna', country: 'AT', licences },
    ...{ importRowLimit: Math.max(rows, 100_000), importByteLimit: 1024 ** 3 },
    administrator: { ...credentials, firstName: 'Ada', lastName: 'Admin' },
  });
  const { email: username, password } = credentials;
  const form = new URLSearchParams({ grant_type: 'password', company: 'Bench', username, password });
  const { access_token: token } = await call<{ access_token: string }>(`${cluster.url}/v1/auth/token`, {
    method: 'POST',
    body: form,
  });
  const { apiKey } = await post<{ apiKey: string }>(`${cluster.url}/v1/api-keys`, token, { name: 'bench', scopes });
  return { token, apiKey };
}

/** Reps of sample files, each with a schedule. */
export async function makeReps(cluster: Cluster, token: string, reps: number): Promise<void> {
  for (let no = 1; no <= reps; no++) {
    const rep = { email: sampleRepEmail(no), firstName: 'Rep', lastName: String(no) };
    const staff = { ...rep, kind: 'staff', authorizationLevel: 0, hasOwnSchedule: true };
    await post(`${cluster.url}/v1/users`, token, staff);
  }
}
