import { Injectable } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import type { RequestContext } from '../http/request-context.js';
import { NO_COMPANY, type Caller } from './caller.js';
import { CredentialExchange, type Exchangeable } from './credential-exchange.js';
import { credentialOf } from './credential.js';
import { Revocations } from './revocations.js';
import { TokenVerifier, type Claims } from './token-verifier.js';

type Occasion = Pick<RequestContext, 'requestId' | 'language' | 'traceparent'>;

/** Tells who sent a request. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly exchange: CredentialExchange,
    private readonly verifier: TokenVerifier,
    private readonly revocations: Revocations,
  ) {}

  /** @throws Problem unauthenticated */
  async authenticate(context: RequestContext): Promise<{ caller: Caller; claims: Claims }> {
    const credential = credentialOf(context.request.headers);
    if (!credential) throw new Problem('unauthenticated');
    const { address } = context;
    const claims =
      credential.kind === 'token' ? await this.claimsOf(credential.token) : await this.exchanged(credential, address);
    if (!claims) throw new Problem('unauthenticated');
    return { caller: callerOf(claims, context), claims };
  }

  /** A token that was kept may have ended while the credential itself is still good, or good again. */
  private async exchanged(credential: Exchangeable, address: string | undefined): Promise<Claims | undefined> {
    const claims = await this.claimsOf(await this.exchange.tokenFor(credential, address));
    if (claims) return claims;
    this.exchange.forget(credential);
    return this.claimsOf(await this.exchange.tokenFor(credential, address));
  }

  /** Undefined: the token was good and has been ended. */
  private async claimsOf(token: string): Promise<Claims | undefined> {
    const claims = await this.verifier.verify(token);
    return (await this.revocations.haveEnded(claims)) ? undefined : claims;
  }
}

export function callerOf(claims: Claims, { requestId, language, traceparent }: Occasion): Caller {
  const occasion = { cause: `request:${requestId}`, language, traceparent };
  switch (claims.typ) {
    case 'user': {
      const { company: companyId, sub: userId, role, scopes, sid } = claims;
      const session = sid !== undefined && { sessionId: sid };
      return { ...occasion, companyId, actor: `user:${userId}`, userId, role, scopes, ...session };
    }
    case 'key': {
      const { company: companyId, sub, scopes } = claims;
      return { ...occasion, companyId, actor: `key:${sub}`, userId: null, role: 'key', scopes };
    }
    case 'operator':
      return {
        ...occasion,
        companyId: NO_COMPANY,
        actor: `operator:${claims.sub}`,
        userId: null,
        role: 'operator',
        scopes: [],
      };
  }
}
