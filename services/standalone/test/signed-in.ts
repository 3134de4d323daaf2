import { call } from '../src/demo/http.js';

/** A token lives five minutes; on a busy machine a test may take longer. */
const RENEWED_MS = 3 * 60_000;

export interface Person {
  readonly company: string;
  readonly username: string;
  readonly password: string;
}

/**
 * The access token of somebody who stays signed in: that of now is good for minutes, whenever it is asked for.
 * @param first of somebody who has just signed in
 */
export async function staySignedIn(url: string, person: Person, first?: string): Promise<() => string> {
  const signIn = async () => {
    const body = new URLSearchParams({ grant_type: 'password', ...person });
    return (await call<{ access_token: string }>(`${url}/v1/auth/token`, { method: 'POST', body })).access_token;
  };
  let token = first ?? (await signIn());
  const renew = async () => {
    // Who was killed is asked again, once there again; who has stopped is asked no more when the file of tests ends.
    token = await signIn().catch(() => token);
  };
  setInterval(() => void renew(), RENEWED_MS).unref();
  return () => token;
}
