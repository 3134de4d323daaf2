import type { IncomingHttpHeaders } from 'node:http';
import { parseApiKey, Problem } from '@muster/contracts';

/** What a request proves its sender with. */
export type Credential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'apiKey'; readonly apiKey: string }
  | { readonly kind: 'password'; readonly company: string; readonly username: string; readonly password: string };

/**
 * Reads `Authorization: Bearer <token or API key>`, `Authorization: Basic` (user name `company/username` or
 * `company\username`) or `X-API-Key`. Undefined when there is none.
 * @throws Problem unauthenticated when there is one of another form, or two
 */
export function credentialOf(headers: IncomingHttpHeaders): Credential | undefined {
  const { authorization, 'x-api-key': apiKey } = headers;
  if (apiKey !== undefined) {
    if (authorization !== undefined) throw new Problem('unauthenticated');
    return apiKeyOf(String(apiKey));
  }
  if (authorization === undefined) return undefined;
  const [, scheme, value] = /^(bearer|basic) +(\S+)$/i.exec(authorization.trim()) ?? [];
  if (scheme === undefined || value === undefined) throw new Problem('unauthenticated');
  if (scheme.toLowerCase() === 'basic') return passwordOf(value);
  return value.startsWith('msk_') ? apiKeyOf(value) : { kind: 'token', token: value };
}

function apiKeyOf(apiKey: string): Credential {
  if (!parseApiKey(apiKey)) throw new Problem('unauthenticated');
  return { kind: 'apiKey', apiKey };
}

function passwordOf(value: string): Credential {
  const text = Buffer.from(value, 'base64').toString('utf8');
  const [, company, username, password] = /^([^/\\:]+)[/\\]([^:]+):(.+)$/s.exec(text) ?? [];
  if (company === undefined || username === undefined || password === undefined) throw new Problem('unauthenticated');
  return { kind: 'password', company, username, password };
}
