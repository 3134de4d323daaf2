import { ApiProperty } from '@nestjs/swagger';
import { ArrayMinSize, ArrayUnique, IsArray, IsIn, IsInt, IsOptional, Max, Min } from 'class-validator';
import { Moment, pageOf, Text } from '@muster/platform';
import type { ApiKey } from './api-key.entity.js';
import { SCOPES, type ApiScope } from './scopes.js';

export class CreateApiKeyBody {
  /** At most 100 characters: what it is for. @example Nightly import from the ERP */
  @Text(100)
  name!: string;

  /** What it may do. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(SCOPES, { each: true })
  @ApiProperty({ enum: SCOPES, isArray: true })
  scopes!: ApiScope[];

  /** In the future. Preset: a year from now. */
  @IsOptional()
  @Moment()
  expiresAt?: Date;
}

export class RotateApiKeyBody {
  /** For how long the secret so far is good beside the new one, in seconds; at most a week. Preset: a day. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(604_800)
  overlapSeconds?: number;

  /** In the future. Preset: a year from now. */
  @IsOptional()
  @Moment()
  expiresAt?: Date;
}

export class ApiKeyDto {
  /** Client id for the grant client_credentials. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** What the key begins with. @example msk_0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  prefix!: string;
  name!: string;
  scopes!: string[];
  expiresAt!: Date | null;
  /** Until when the secret before the last rotation is good too; null: it is not. */
  previousUntil!: Date | null;
  /** `user:<id>` */
  createdBy!: string;
  createdAt!: Date;
  /** Exact to a minute; null: never. */
  lastUsedAt!: Date | null;
}

export class NewApiKeyDto extends ApiKeyDto {
  /** The key itself, shown this once; null when the request was answered before. */
  apiKey!: string | null;
}

export class ApiKeyPage extends pageOf(ApiKeyDto) {}

export function apiKeyDto(key: ApiKey, now: Date): ApiKeyDto {
  const { id, name, scopes, expiresAt, createdBy, createdAt, lastUsedAt } = key;
  const previousUntil = key.previousUntil !== null && key.previousUntil > now ? key.previousUntil : null;
  return { id, prefix: `msk_${id}`, name, scopes, expiresAt, previousUntil, createdBy, createdAt, lastUsedAt };
}
