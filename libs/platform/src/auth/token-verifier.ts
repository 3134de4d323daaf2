import { Inject, Injectable } from '@nestjs/common';
import { decodeProtectedHeader, errors, jwtVerify } from 'jose';
import { z } from 'zod';
import { id, Problem } from '@muster/contracts';
import type { BaseConfig } from '../config/base-config.js';
import { CONFIG } from '../config/config.token.js';
import { ROLES } from './caller.js';
import { SigningKeys } from './signing-keys.js';

const AUDIENCE = 'muster';

/** Of what the token was given for, as it was then; see {@link Revocations}. */
const ver = z.int().default(0);
const scopes = z.array(z.string());
const person = {
  sub: id,
  company: id,
  role: z.enum(ROLES).exclude(['operator']),
  scopes: scopes.default([]),
  sid: id.exactOptional(),
  ver,
};

const claims = z.discriminatedUnion('typ', [
  z.object({ typ: z.literal('user'), ...person }),
  z.object({ typ: z.literal('key'), sub: id, company: id, scopes, ver }),
  z.object({ typ: z.literal('operator'), sub: id, ver }),
]);
/** What an access token says of its bearer. */
export type Claims = z.infer<typeof claims>;

/** Verifies access tokens by itself: ES256 only, issuer, audience, expiry. */
@Injectable()
export class TokenVerifier {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(CONFIG) private readonly config: BaseConfig,
  ) {}

  /** @throws Problem unauthenticated */
  async verify(token: string): Promise<Claims> {
    const key = await this.keys.find(kidOf(token));
    if (!key) throw new Problem('unauthenticated');
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['ES256'],
        issuer: this.config.issuer,
        audience: AUDIENCE,
        requiredClaims: ['exp', 'sub'],
        clockTolerance: 5,
      });
      return claims.parse(payload);
    } catch (cause) {
      if (cause instanceof errors.JOSEError || cause instanceof z.ZodError)
        throw new Problem('unauthenticated', { cause });
      throw cause;
    }
  }
}

function kidOf(token: string): string {
  try {
    const { kid } = decodeProtectedHeader(token);
    if (kid !== undefined) return kid;
  } catch (cause) {
    throw new Problem('unauthenticated', { cause });
  }
  throw new Problem('unauthenticated');
}
