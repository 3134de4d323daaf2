import { beforeAll, describe, expect, it } from 'vitest';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
  type CryptoKey,
  type JSONWebKeySet,
} from 'jose';
import { verifyAssertion } from './verify-assertion.js';

const now = new Date('2026-01-01T12:00:00Z');
const seconds = Math.floor(now.getTime() / 1000);
const registered = {
  issuer: 'https://login.example.com',
  audience: 'muster',
  claim: 'email',
  matchBy: 'email',
} as const;
const claims = {
  iss: registered.issuer,
  aud: registered.audience,
  sub: '1',
  email: 'anna@example.com',
  iat: seconds - 5,
  exp: seconds + 300,
};

let rsa: CryptoKey;
let other: CryptoKey;
let publicPem: string;
let keys: JSONWebKeySet;

beforeAll(async () => {
  const pair = await generateKeyPair('RS256', { extractable: true });
  const curve = await generateKeyPair('ES256', { extractable: true });
  rsa = pair.privateKey;
  other = (await generateKeyPair('RS256')).privateKey;
  publicPem = await exportSPKI(pair.publicKey);
  keys = {
    keys: [
      { ...(await exportJWK(pair.publicKey)), kid: 'rsa', use: 'sig' },
      { ...(await exportJWK(curve.publicKey)), kid: 'encryption', use: 'enc' },
    ],
  };
});

const sign = (
  payload: object,
  key: CryptoKey | Uint8Array = rsa,
  header: { alg?: string; kid?: string; typ?: string } = {},
) => new SignJWT({ ...payload }).setProtectedHeader({ alg: 'RS256', kid: 'rsa', ...header }).sign(key);
const verify = (assertion: string, wishes: object = {}) =>
  verifyAssertion(assertion, { ...registered, ...wishes }, keys, now);

describe('an assertion', () => {
  it.each([
    ['JWT', true],
    ['application/jwt', true],
    ['at+jwt', false],
    ['logout+jwt', false],
  ])('of the type %s is an ID token: %s', async (typ, isOne) => {
    expect((await verify(await sign(claims, rsa, { typ }))) !== undefined).toBe(isOne);
  });

  it('names a person by the claim that is registered', async () => {
    const expiresAt = new Date((claims.exp + 30) * 1000);
    expect(await verify(await sign(claims))).toEqual({ value: 'anna@example.com', expiresAt });
    const byNumber = { claim: 'https://example.com/nr', matchBy: 'employeeNumber' };
    expect(await verify(await sign({ ...claims, 'https://example.com/nr': '007' }), byNumber)).toMatchObject({
      value: '007',
    });
  });

  it('may be for several, if it was issued to us', async () => {
    const aud = ['muster', 'other'];
    expect(await verify(await sign({ ...claims, aud, azp: 'muster' }))).toBeDefined();
    expect(await verify(await sign({ ...claims, aud, azp: 'other' }))).toBeUndefined();
    expect(await verify(await sign({ ...claims, aud }))).toBeUndefined();
  });

  it.each([
    ['is signed by another key', () => sign(claims, other)],
    ['is signed by a key of another name', () => sign(claims, other, { kid: 'unknown' })],
    ['is signed with the public key as a secret', () => sign(claims, new TextEncoder().encode(publicPem), { alg: 'HS256' })],
    ['is not signed', async () => new UnsecuredJWT({ ...claims }).encode()],
    ['says that it is not signed', async () => `${Buffer.from('{"alg":"none","kid":"rsa"}').toString('base64url')}.${(await sign(claims)).split('.')[1]}.`],
    ['was changed', async () => (await sign(claims)).replace(/\.(.{20})/, `.${Buffer.from('{"email":"boss').toString('base64url').slice(0, 20)}`)],
    ['is of another issuer', () => sign({ ...claims, iss: 'https://login.example.org' })],
    ['is of an issuer that looks alike', () => sign({ ...claims, iss: 'https://login.example.com/' })],
    ['is for others', () => sign({ ...claims, aud: 'others' })],
    ['was issued to others', () => sign({ ...claims, azp: 'others' })],
    ['is over', () => sign({ ...claims, exp: seconds - 31 })],
    ['is not good yet', () => sign({ ...claims, nbf: seconds + 31 })],
    ['was issued in the future', () => sign({ ...claims, iat: seconds + 31 })],
    ['is older than an hour', () => sign({ ...claims, iat: seconds - 3_700, exp: seconds + 86_400 })],
    ['never ends', () => sign({ ...claims, exp: undefined })],
    ['says not when it was issued', () => sign({ ...claims, iat: undefined })],
    ['has no subject', () => sign({ ...claims, sub: undefined })],
    ['has no e-mail', () => sign({ ...claims, email: undefined })],
    ['has an empty e-mail', () => sign({ ...claims, email: '' })],
    ['has a list of e-mails', () => sign({ ...claims, email: ['anna@example.com'] })],
    ['has an endless e-mail', () => sign({ ...claims, email: 'a'.repeat(255) })],
    ['has an e-mail that nobody has checked', () => sign({ ...claims, email_verified: false })],
    ['asks for a key that is for encryption', () => sign(claims, other, { kid: 'encryption' })],
    ['is none', async () => 'a.b.c'],
  ])('that %s is refused', async (_name, assertion) => {
    expect(await verify(await assertion())).toBeUndefined();
  }); // prettier-ignore

  it('is not read where every object has something', async () => {
    expect(await verify(await sign(claims), { claim: 'constructor' })).toBeUndefined();
  });
});
