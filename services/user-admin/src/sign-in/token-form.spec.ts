import { describe, expect, it } from 'vitest';
import { JWT_BEARER, readTokenForm } from './token-form.js';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const client = { grant_type: 'client_credentials', client_id: 'id', client_secret: 'secret' };

describe('the token form', () => {
  it('is read by its grant, and the rest is ignored', () => {
    const form = { grant_type: 'password', company: 'c', username: 'u', password: 'p', scope: 'x', __proto__: null };
    expect(readTokenForm(form, undefined)).toEqual({ grant: 'password', company: 'c', username: 'u', password: 'p' });
    const refresh = { grant_type: 'refresh_token', refresh_token: 't' };
    expect(readTokenForm(refresh, undefined)).toEqual({ grant: 'refresh_token', refreshToken: 't' });
  });

  it('takes an assertion with the company that it is for', () => {
    const form = { grant_type: JWT_BEARER, company: 'c', assertion: 'a' };
    expect(readTokenForm(form, undefined)).toEqual({ grant: 'jwt_bearer', company: 'c', assertion: 'a' });
    expect(() => readTokenForm({ ...form, company: '' }, undefined)).toThrow(
      expect.objectContaining({ code: 'malformed_request' }),
    );
  });

  it('takes the credentials of a client from HTTP Basic too', () => {
    const expected = { grant: 'client_credentials', clientId: 'id', clientSecret: 'secret' };
    expect(readTokenForm(client, undefined)).toEqual(expected);
    expect(readTokenForm({ grant_type: 'client_credentials' }, basic('id:secret'))).toEqual(expected);
    expect(readTokenForm(client, 'Basic %%%')).toEqual(expected);
  });

  it.each([
    ['nothing', undefined, 'malformed_request'],
    ['no grant', {}, 'malformed_request'],
    ['another grant', { grant_type: 'implicit' }, 'unsupported_grant_type'],
    ['a name of Object', { grant_type: 'constructor' }, 'unsupported_grant_type'],
    ['no password', { grant_type: 'password', company: 'c', username: 'u' }, 'malformed_request'],
    ['an empty token', { grant_type: 'refresh_token', refresh_token: '' }, 'malformed_request'],
    ['a client that names itself nowhere', { grant_type: 'client_credentials' }, 'invalid_credentials'],
    ['a client without a secret', { ...client, client_secret: '' }, 'invalid_credentials'],
    ['a parameter twice', { ...client, client_id: ['a', 'b'] }, 'malformed_request'],
    ['NUL', { ...client, client_id: 'a\0' }, 'malformed_request'],
  ])('with %s is refused', (_name, form, code) => {
    expect(() => readTokenForm(form, undefined)).toThrow(expect.objectContaining({ code }));
  });
});
