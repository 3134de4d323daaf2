import { createLocalJWKSet, errors, jwtVerify, type JSONWebKeySet, type JWTPayload } from 'jose';
import type { IdentityProvider } from './identity-provider.entity.js';

/** Signatures that only the issuer can make; with a shared secret others could too. */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
/** What ID tokens call themselves; access tokens (RFC 9068) and logout tokens of the same issuer say that they are none. */
const ID_TOKEN_TYPES = new Set([undefined, 'jwt', 'application/jwt']);
const TOLERANCE_S = 30;
/** However long the issuer says that it is good. */
const OLDEST = '1h';
const LONGEST_VALUE = 254;

type Registered = Pick<IdentityProvider, 'issuer' | 'audience' | 'claim' | 'matchBy'>;

/** Whom an assertion names, and until when it could be used again. */
export interface Asserted {
  readonly value: string;
  readonly expiresAt: Date;
}

/** Undefined: it is not one of the registered issuer, for the registered audience, or names nobody. */
export async function verifyAssertion(
  assertion: string,
  provider: Registered,
  keys: JSONWebKeySet,
  now: Date,
): Promise<Asserted | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(assertion, createLocalJWKSet(keys), {
      algorithms: ALGORITHMS,
      issuer: provider.issuer,
      audience: provider.audience,
      requiredClaims: ['exp', 'iat', 'sub'],
      clockTolerance: TOLERANCE_S,
      maxTokenAge: OLDEST,
      currentDate: now,
    });
    if (!ID_TOKEN_TYPES.has(protectedHeader.typ?.toLowerCase())) return undefined;
    return assertedBy(payload, provider);
  } catch (error) {
    // A faulty key of the issuer is a TypeError or a DOMException.
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException)
      return undefined;
    throw error;
  }
}

function assertedBy(payload: JWTPayload, { audience, claim, matchBy }: Registered): Asserted | undefined {
  // OpenID Connect Core, section 3.1.3.7: of several audiences the one that it was issued to.
  const several = Array.isArray(payload.aud) && payload.aud.length > 1;
  if ((several || payload['azp'] !== undefined) && payload['azp'] !== audience) return undefined;
  if (matchBy === 'email' && payload['email_verified'] === false) return undefined;
  const value = Object.hasOwn(payload, claim) ? payload[claim] : undefined;
  if (typeof value !== 'string' || value === '' || value.length > LONGEST_VALUE) return undefined;
  return { value, expiresAt: new Date(((payload.exp ?? 0) + TOLERANCE_S) * 1000) };
}
