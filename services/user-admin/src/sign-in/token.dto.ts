import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { JWT_BEARER } from './token-form.js';

const Filled = (shape: ApiPropertyOptions = {}) => ApiProperty({ type: 'string', minLength: 1, ...shape });

class CompanyForm {
  @Filled({ description: 'Name or id of the company.', example: 'Muster GmbH' })
  company!: string;
}

export class PasswordForm extends CompanyForm {
  @ApiProperty({ enum: ['password'] })
  grant_type!: string;
  @Filled({ description: 'E-mail or username.', example: 'anna@example.com' })
  username!: string;
  @Filled()
  password!: string;
}

export class RefreshForm {
  @ApiProperty({ enum: ['refresh_token'] })
  grant_type!: string;
  @Filled()
  refresh_token!: string;
}

export class AssertionForm extends CompanyForm {
  @ApiProperty({ enum: [JWT_BEARER] })
  grant_type!: string;
  @Filled({ description: 'ID token of the issuer that the company has registered, good once.' })
  assertion!: string;
}

export class ClientForm {
  @ApiProperty({ enum: ['client_credentials'] })
  grant_type!: string;
  @ApiProperty({ required: false, description: 'Id of an API key; HTTP Basic does as well.' })
  client_id?: string;
  @ApiProperty({
    required: false,
    description: 'Secret part of an API key, or the whole key; HTTP Basic does as well.',
  })
  client_secret?: string;
}

/** The forms of `POST /v1/auth/token`, by grant. */
export const TOKEN_FORMS = [PasswordForm, RefreshForm, AssertionForm, ClientForm];

export class RevokeForm {
  @Filled({ description: 'A refresh token. All that stem from the same sign-in end with it.' })
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
