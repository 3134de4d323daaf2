import { randomBytes } from 'node:crypto';
import { call, post } from './http.js';

export interface DemoCompany {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  /** Access token of its administrator. */
  readonly token: string;
}

/** A company with an administrator and reps `rep01@example.com`, `rep02@example.com`, ... with their own schedules. */
export async function makeCompany(url: string, operatorKey: string, reps: number, name = 'Demo'): Promise<DemoCompany> {
  const email = 'admin@example.com';
  const password = randomBytes(12).toString('base64url');
  const administrator = { email, firstName: 'Ada', lastName: 'Admin', password };
  const company = { name, language: 'en', timeZone: 'Europe/Vienna', country: 'AT', licences: reps, administrator };
  await post(`${url}/v1/companies`, operatorKey, company);
  const form = new URLSearchParams({ grant_type: 'password', company: name, username: email, password });
  const { access_token: token } = await call<{ access_token: string }>(`${url}/v1/auth/token`, {
    method: 'POST',
    body: form,
  });
  for (let no = 1; no <= reps; no++) {
    const number = String(no).padStart(2, '0');
    const names = { firstName: 'Rep', lastName: `Nr. ${number}` };
    const rep = {
      email: `rep${number}@example.com`,
      employeeNumber: `0${number}`,
      ...names,
      kind: 'staff',
      hasOwnSchedule: true,
    };
    await post(`${url}/v1/users`, token, { ...rep, authorizationLevel: 0 });
  }
  return { name, email, password, token };
}
