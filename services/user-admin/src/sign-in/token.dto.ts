import { ApiProperty } from '@nestjs/swagger';
import { JWT_BEARER } from './token-form.js';

/** The form of `POST /v1/auth/token`; which fields are needed depends on the grant. */
export class TokenForm {
  @ApiProperty({ enum: ['password', 'refresh_token', 'client_credentials', JWT_BEARER] })
  grant_type!: string;

  /** Name or id of the company (grants password and jwt-bearer). @example Muster GmbH */
  company?: string;

  /** E-mail or username (grant password). @example anna@example.com */
  username?: string;

  /** (grant password) */
  password?: string;

  /** ID token of the issuer that the company has registered, good once (grant jwt-bearer). */
  assertion?: string;

  /** (grant refresh_token) */
  refresh_token?: string;

  /** Id of an API key (grant client_credentials; HTTP Basic does as well). */
  client_id?: string;

  /** Secret part of an API key, or the whole key (grant client_credentials). */
  client_secret?: string;
}

export class RevokeForm {
  /** A refresh token. All that stem from the same sign-in end with it. */
  token!: string;
}

/** RFC 6749, section 5.1. */
export class TokenDto {
  access_token!: string;

  /** @example Bearer */
  token_type!: string;

  /** Seconds. @example 300 */
  expires_in!: number;

  /** Good once; only people get one. */
  refresh_token?: string;

  /** What an API key may do, with blanks between. @example imports:read imports:write */
  scope?: string;
}

/** RFC 7517. */
export class JwksDto {
  @ApiProperty({ type: 'array', items: { type: 'object', additionalProperties: true } })
  keys!: Record<string, unknown>[];
}
