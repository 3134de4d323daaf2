import { isStorable, Problem } from '@muster/contracts';

/** What a client of `POST /v1/auth/token` wants (RFC 6749, sections 4.3, 4.4 and 6; RFC 7523, section 2.1). */
export type TokenRequest =
  | { readonly grant: 'password'; readonly company: string; readonly username: string; readonly password: string }
  | { readonly grant: 'refresh_token'; readonly refreshToken: string }
  | { readonly grant: 'jwt_bearer'; readonly company: string; readonly assertion: string }
  | { readonly grant: 'client_credentials'; readonly clientId: string; readonly clientSecret: string };

export const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Reads the form; unknown parameters are ignored, as the RFC asks for.
 * @param authorization the header; Basic credentials of a client win over those of the form
 * @throws Problem malformed_request (a parameter is missing or repeated), unsupported_grant_type, invalid_credentials
 */
export function readTokenForm(form: unknown, authorization: string | undefined): TokenRequest {
  const grant = parameter(form, 'grant_type');
  switch (grant) {
    case 'password':
      return {
        grant,
        company: parameter(form, 'company'),
        username: parameter(form, 'username'),
        password: parameter(form, 'password'),
      };
    case 'refresh_token':
      return { grant, refreshToken: parameter(form, 'refresh_token') };
    case JWT_BEARER:
      return { grant: 'jwt_bearer', company: parameter(form, 'company'), assertion: parameter(form, 'assertion') };
    case 'client_credentials': {
      const basic = basicCredentials(authorization);
      if (basic) return { grant, ...basic };
      // Section 5.2: a client that does not say who it is has failed to prove it.
      if (isLeftOut(form, 'client_id') || isLeftOut(form, 'client_secret')) throw new Problem('invalid_credentials');
      return { grant, clientId: parameter(form, 'client_id'), clientSecret: parameter(form, 'client_secret') };
    }
    default:
      throw new Problem('unsupported_grant_type');
  }
}

/** @throws Problem malformed_request when it is missing, empty or repeated */
export function parameter(form: unknown, name: string): string {
  const value = valueOf(form, name);
  if (typeof value === 'string' && value !== '' && isStorable(value)) return value;
  throw new Problem('malformed_request', { params: { reason: `the form needs one ${name}` } });
}

function valueOf(form: unknown, name: string): unknown {
  return new Map<string, unknown>(Object.entries(typeof form === 'object' && form !== null ? form : {})).get(name);
}

function isLeftOut(form: unknown, name: string): boolean {
  return ['', undefined].includes(valueOf(form, name) as string | undefined);
}

/** Section 2.3.1. The form encoding of both parts changes nothing in our ids and secrets. */
function basicCredentials(authorization: string | undefined): { clientId: string; clientSecret: string } | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { clientId: text.slice(0, colon), clientSecret: text.slice(colon + 1) };
}
