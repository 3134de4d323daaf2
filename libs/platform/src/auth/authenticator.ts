import { Injectable } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import type { RequestContext } from '../http/request-context.js';
import { NO_COMPANY, type Caller } from './caller.js';
import { CredentialExchange } from './credential-exchange.js';
import { credentialOf } from './credential.js';
import { TokenVerifier, type Claims } from './token-verifier.js';

type Occasion = Pick<RequestContext, 'requestId' | 'language' | 'traceparent'>;

/** Tells who sent a request. */
@Injectable()
export class Authenticator {
  constructor(
    private readonly exchange: CredentialExchange,
    private readonly verifier: TokenVerifier,
  ) {}

  /** @throws Problem unauthenticated */
  async authenticate(context: RequestContext): Promise<Caller> {
    const credential = credentialOf(context.request.headers);
    if (!credential) throw new Problem('unauthenticated');
    const token = credential.kind === 'token' ? credential.token : await this.exchange.tokenFor(credential);
    return callerOf(await this.verifier.verify(token), context);
  }
}

export function callerOf(claims: Claims, { requestId, language, traceparent }: Occasion): Caller {
  const occasion = { cause: `request:${requestId}`, language, traceparent };
  switch (claims.typ) {
    case 'user': {
      const { company: companyId, sub: userId, role } = claims;
      return { ...occasion, companyId, actor: `user:${userId}`, userId, role, scopes: [] };
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
