import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsObject, IsOptional, IsString, Max, Min, ValidateNested } from 'class-validator';
import { pageOf, PageQuery, Text } from '@muster/platform';
import { ExpectedByDto, ExpectedByInput, LastRunDto } from '../expected-runs/expected-by.dto.js';
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

  /** By when a run is expected; left out: as it was; null: none is. It is no part of the document and of its versions. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ExpectedByInput)
  @ApiPropertyOptional({ type: ExpectedByInput, nullable: true })
  expectedBy?: ExpectedByInput | null;
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
  /** By when a run is expected; null: none is. */
  @ApiProperty({ type: ExpectedByDto, nullable: true })
  expectedBy!: ExpectedByDto | null;
  nextExpected!: Date | null;
  /** By when a run was expected that did not come, until one comes to a good end. */
  missed!: Date | null;
  /** The last import of it that has ended, well or not. */
  @ApiProperty({ type: LastRunDto, nullable: true })
  lastRun!: LastRunDto | null;
}

/** What is known of the runs of a configuration. */
export type RunsOfConfiguration = Pick<SavedConfigurationDto, 'expectedBy' | 'nextExpected' | 'missed' | 'lastRun'>;

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
  runs: RunsOfConfiguration,
): SavedConfigurationDto {
  return { ...summaryDto(saved), configuration: { ...document }, changedBy: createdBy, ...runs };
}

export function versionDto({ version, name, document, createdBy, createdAt }: ConfigurationVersion) {
  return { version, name, configuration: { ...document }, changedBy: createdBy, createdAt };
}
