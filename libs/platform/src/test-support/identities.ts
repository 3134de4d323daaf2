import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { exchangeCredential, revocationsSince, signingKeys, type Id, type Revocation } from '@muster/contracts';
import type { QuestionTransport } from '../index.js';

const KID = 'test-key';

export interface Identities {
  /** An access token as user-admin would issue it. */
  token(claims: Readonly<Record<string, unknown>>, options?: TokenOptions): Promise<string>;
  /** API keys that are known, with their claims. */
  readonly apiKeys: Map<string, Readonly<Record<string, unknown>>>;
  /** How often keys and passwords were exchanged. */
  exchanges: number;
  /** Tokens that have been ended; `undefined` in their place: user-admin does not answer. */
  revocations: Revocation[] | undefined;
}

export interface TokenOptions {
  readonly key?: CryptoKey;
  readonly kid?: string;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expiresIn?: string;
}

/** Answers the questions of the guard in place of user-admin, with keys made here. */
export async function answerAsUserAdmin(questions: QuestionTransport): Promise<Identities> {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'ES256', use: 'sig' };
  const identities: Identities = {
    apiKeys: new Map(),
    exchanges: 0,
    revocations: [],
    token: (claims, { key = privateKey, kid = KID, issuer = 'muster', audience = 'muster', expiresIn = '15m' } = {}) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt()
        .setExpirationTime(expiresIn)
        .sign(key),
  };
  questions.connect('user-admin', async (name, request) => {
    if (name === signingKeys.name) return { keys: [jwk] };
    if (name === revocationsSince.name && identities.revocations) {
      return { cursor: 'all', revocations: identities.revocations };
    }
    if (name !== exchangeCredential.name) throw new Error(`unexpected question ${name}`);
    identities.exchanges += 1;
    const asked = exchangeCredential.request.parse(request);
    const claims = identities.apiKeys.get('apiKey' in asked ? asked.apiKey : asked.username);
    return claims ? { accessToken: await identities.token(claims, { expiresIn: '5m' }), expiresIn: 300 } : null;
  });
  return identities;
}

export function userClaims(company: Id, sub: Id, role = 'administrator') {
  return { typ: 'user', sub, company, role, scopes: [] };
}
