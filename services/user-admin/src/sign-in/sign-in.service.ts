import { Injectable } from '@nestjs/common';
import { isId, parseApiKey, Problem } from '@muster/contracts';
import { IdentityAssertions } from '../identity-providers/identity-assertions.js';
import type { Client } from '../sessions/client.js';
import type { AccessToken, TokenSubject } from './access-token.js';
import { AccessTokens } from './access-tokens.js';
import { Credentials, type PersonCredentials } from './credentials.js';
import { RefreshTokens, type SignedIn } from './refresh-tokens.js';
import type { TokenDto } from './token.dto.js';
import type { TokenRequest } from './token-form.js';

/** What another service may exchange for an access token. */
export type Exchangeable = { apiKey: string } | PersonCredentials;

@Injectable()
export class SignInService {
  constructor(
    private readonly credentials: Credentials,
    private readonly assertions: IdentityAssertions,
    private readonly refreshTokens: RefreshTokens,
    private readonly accessTokens: AccessTokens,
  ) {}

  /** @throws Problem invalid_credentials, too_many_attempts */
  async grant(request: TokenRequest, client: Client): Promise<TokenDto> {
    switch (request.grant) {
      case 'password': {
        const { company, username, password } = request;
        const typed = { company, username, password, ...(client.address !== null && { address: client.address }) };
        const subject = required(await this.credentials.ofPerson(typed));
        return this.tokenOfPerson(await this.refreshTokens.begin(subject, 'password', client));
      }
      case 'jwt_bearer': {
        const subject = required(await this.assertions.subjectOf(request.company, request.assertion));
        return this.tokenOfPerson(await this.refreshTokens.begin(subject, 'identityProvider', client));
      }
      case 'refresh_token':
        return this.tokenOfPerson(await this.refreshTokens.rotate(request.refreshToken, client));
      case 'client_credentials': {
        const secret = parseApiKey(request.clientSecret)?.secret ?? request.clientSecret;
        const subject = required(await this.ofKey(request.clientId, secret));
        const token = tokenDto(await this.accessTokens.sign(subject));
        return { ...token, scope: subject.scopes.join(' ') };
      }
    }
  }

  /** Ends a refresh token and its session; unknown ones are let pass. */
  revoke(token: string): Promise<void> {
    return this.refreshTokens.revoke(token);
  }

  /** An access token for a service that was given these credentials; null when they are not valid. */
  async exchange(given: Exchangeable): Promise<AccessToken | null> {
    const subject = await this.subjectOf(given);
    return subject ? this.accessTokens.sign(subject) : null;
  }

  private async subjectOf(given: Exchangeable): Promise<TokenSubject | undefined> {
    if (!('apiKey' in given)) return this.credentials.ofPerson(given);
    const key = parseApiKey(given.apiKey);
    return key && this.credentials.ofKey(key.id, key.secret);
  }

  private async ofKey(id: string, secret: string): Promise<TokenSubject | undefined> {
    return isId(id) ? this.credentials.ofKey(id, secret) : undefined;
  }

  /** What a person gets who has just signed in. */
  async tokenOfPerson({ subject, refreshToken }: SignedIn): Promise<TokenDto> {
    const token = await this.accessTokens.sign(subject);
    return { ...tokenDto(token), refresh_token: refreshToken };
  }
}

function tokenDto({ accessToken, expiresIn }: AccessToken): TokenDto {
  return { access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn };
}

function required(subject: TokenSubject | undefined): TokenSubject {
  if (!subject) throw new Problem('invalid_credentials');
  return subject;
}
