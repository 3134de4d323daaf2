import { jwtVerify, SignJWT } from 'jose';
import { Problem, SERVICES, type ServiceName } from '@muster/contracts';

const AUDIENCE = 'muster-internal';
const ALGORITHM = 'HS256';

function keyOf(secret: string): Uint8Array {
  return new TextEncoder().encode(secret);
}

/** A token for one internal call, valid for 60 s; its issuer is the service that asks. */
export function signServiceToken(secret: string, from: ServiceName): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: ALGORITHM })
    .setIssuer(from)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime('60s')
    .sign(keyOf(secret));
}

/**
 * Lets through what a service of ours signed and has not expired.
 * @param authorization the header `Authorization`
 * @throws Problem unauthenticated
 */
export async function checkServiceToken(secret: string, authorization: string | undefined): Promise<void> {
  const token = /^Bearer (\S+)$/.exec(authorization ?? '')?.[1];
  if (token === undefined) throw new Problem('unauthenticated');
  try {
    await jwtVerify(token, keyOf(secret), {
      algorithms: [ALGORITHM],
      audience: AUDIENCE,
      issuer: [...SERVICES],
      requiredClaims: ['exp'],
      clockTolerance: 5,
    });
  } catch (cause) {
    throw new Problem('unauthenticated', { cause });
  }
}
