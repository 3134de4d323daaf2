import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IDENTITY_CLAIMS, type IdentityClaim } from '../sign-in/sign-in-accounts.repository.js';
import { Text } from '@muster/platform';
import type { IdentityProvider } from './identity-provider.entity.js';

export class PutIdentityProviderBody {
  /** `iss` of its tokens, to the letter; an https address without query. @example https://login.example.com */
  @Text(300)
  @ApiProperty({ pattern: '^https?://[^?#\\s]+$' })
  issuer!: string;

  /** `aud` of its tokens: the client id of your application there. @example muster */
  @Text(300)
  audience!: string;

  /** The field of an account that tokens name people by. */
  @IsIn(IDENTITY_CLAIMS)
  @ApiProperty({ enum: IDENTITY_CLAIMS })
  matchBy!: IdentityClaim;

  /** The claim that holds it. Preset: email, preferred_username or employee_number. @example email */
  @IsOptional()
  @Text(100)
  claim?: string;
}

export class IdentityProviderDto {
  /** @example https://login.example.com */
  issuer!: string;
  /** @example muster */
  audience!: string;
  @ApiProperty({ enum: IDENTITY_CLAIMS })
  matchBy!: IdentityClaim;
  /** @example email */
  claim!: string;
  createdAt!: Date;
  updatedAt!: Date;
}

export function identityProviderDto(provider: IdentityProvider): IdentityProviderDto {
  const { issuer, audience, matchBy, claim, createdAt, updatedAt } = provider;
  return { issuer, audience, matchBy, claim, createdAt, updatedAt };
}
