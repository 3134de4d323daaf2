import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Max, Min } from 'class-validator';
import { pageOf, PageQuery, Text } from '@muster/platform';
import type { ConfigurationVersion, SavedConfiguration } from './saved-configuration.entity.js';

const LONGEST_NAME = 100;
/** What the column of versions holds. */
export const MOST_VERSIONS = 2_147_483_647;

export class SaveConfigurationBody {
  /** Unique in the company in any letter case. @example ERP customers, nightly */
  @Text(LONGEST_NAME)
  name!: string;

  /** A configuration document (`*.importcfg`), also of an older format version. */
  @IsObject()
  @ApiProperty({ type: 'object', additionalProperties: true })
  configuration!: Record<string, unknown>;
}

export class ConfigurationListQuery extends PageQuery {
  /** @example customer */
  @IsOptional()
  @IsString()
  entity?: string;

  /** The one of this name, in any letter case. */
  @IsOptional()
  @Text(LONGEST_NAME)
  name?: string;
}

export class ConfigurationVersionQuery {
  /** An earlier version; preset: the latest. */
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_VERSIONS)
  version?: number;
}

export class SavedConfigurationSummaryDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  name!: string;
  /** @example customer */
  entity!: string;
  /** Grows with each change. */
  version!: number;
  createdAt!: Date;
  updatedAt!: Date;
}

export class SavedConfigurationDto extends SavedConfigurationSummaryDto {
  /** With every preset filled in. */
  @ApiProperty({ type: 'object', additionalProperties: true })
  configuration!: Record<string, unknown>;
  /** Who wrote this version. */
  changedBy!: string;
}

export class ConfigurationVersionDto {
  version!: number;
  /** What it was called then. */
  name!: string;
  @ApiProperty({ type: 'object', additionalProperties: true })
  configuration!: Record<string, unknown>;
  changedBy!: string;
  createdAt!: Date;
}

export class SavedConfigurationPage extends pageOf(SavedConfigurationSummaryDto) {}
export class ConfigurationVersionPage extends pageOf(ConfigurationVersionDto) {}

export function summaryDto(saved: SavedConfiguration): SavedConfigurationSummaryDto {
  const { id, name, entity, version, createdAt, updatedAt } = saved;
  return { id, name, entity, version, createdAt, updatedAt };
}

export function savedConfigurationDto(
  saved: SavedConfiguration,
  { document, createdBy }: ConfigurationVersion,
): SavedConfigurationDto {
  return { ...summaryDto(saved), configuration: { ...document }, changedBy: createdBy };
}

export function versionDto({ version, name, document, createdBy, createdAt }: ConfigurationVersion) {
  return { version, name, configuration: { ...document }, changedBy: createdBy, createdAt };
}
