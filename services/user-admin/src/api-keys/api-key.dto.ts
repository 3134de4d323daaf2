import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMinSize, ArrayUnique, IsArray, IsDate, IsIn, IsOptional } from 'class-validator';
import { pageOf } from '@muster/platform';
import { Text } from '../validation/text.js';
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
  @Type(() => Date)
  @IsDate()
  expiresAt?: Date;
}

export class ApiKeyDto {
  /** Client id for the grant client_credentials. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  name!: string;
  scopes!: string[];
  expiresAt!: Date | null;
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

export function apiKeyDto(key: ApiKey): ApiKeyDto {
  const { id, name, scopes, expiresAt, createdBy, createdAt, lastUsedAt } = key;
  return { id, name, scopes, expiresAt, createdBy, createdAt, lastUsedAt };
}
