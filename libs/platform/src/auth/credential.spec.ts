import { describe, expect, it } from 'vitest';
import { credentialOf } from './credential.js';

const KEY = `msk_${'0123456789abcdef'.repeat(2)}_${'A'.repeat(43)}`;
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

describe('credentialOf', () => {
  it('reads tokens, keys and passwords', () => {
    expect(credentialOf({})).toBeUndefined();
    expect(credentialOf({ authorization: 'Bearer a.b.c' })).toEqual({ kind: 'token', token: 'a.b.c' });
    expect(credentialOf({ authorization: 'bearer  a.b.c ' })).toEqual({ kind: 'token', token: 'a.b.c' });
    expect(credentialOf({ authorization: `Bearer ${KEY}` })).toEqual({ kind: 'apiKey', apiKey: KEY });
    expect(credentialOf({ 'x-api-key': KEY })).toEqual({ kind: 'apiKey', apiKey: KEY });
  });

  it.each([
    ['Acme/ann@example.com:pa:ss', 'Acme', 'ann@example.com', 'pa:ss'],
    ['Acme\\ann:geheim ü', 'Acme', 'ann', 'geheim ü'],
  ])('reads Basic %s', (text, company, username, password) => {
    expect(credentialOf({ authorization: basic(text) })).toEqual({ kind: 'password', company, username, password });
  });

  it.each([
    { authorization: 'Digest x' },
    { authorization: 'Bearer' },
    { authorization: 'Bearer a b' },
    { authorization: 'Bearer msk_short' },
    { 'x-api-key': 'a.b.c' },
    { 'x-api-key': KEY, authorization: 'Bearer a.b.c' },
    { authorization: basic('no-company:secret') },
    { authorization: basic('company/user') },
    { authorization: basic('company/user:') },
  ])('refuses %j', (headers) => {
    expect(() => credentialOf(headers)).toThrow(expect.objectContaining({ code: 'unauthenticated' }));
  });
});
