import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsObject, IsOptional, IsString, ValidateNested } from 'class-validator';
import { AnyOf, OneOf } from '@muster/platform';
import { OpenPartsBody } from '../parts/parts.dto.js';
import { SourceOverridesDto } from '../uploads/source-overrides.dto.js';
import { STEPS, type Then } from './unattended-form.js';

@OneOf('uploadId', 'parts')
export class CreateImportBody {
  /** The file; this, or `parts`. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  @IsOptional()
  @IsString()
  uploadId?: string;

  /** Opens the import for a file that comes in parts: it is a draft until they are closed. */
  @IsOptional()
  @ValidateNested()
  @Type(() => OpenPartsBody)
  parts?: OpenPartsBody;

  /** A configuration document (`*.importcfg`); this, or a saved one by its id or name. */
  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  configuration?: Record<string, unknown>;

  /** A saved configuration, as it is now. */
  @IsOptional()
  @IsString()
  configurationId?: string;

  /** A saved configuration by its name, in any letter case. @example ERP customers, nightly */
  @IsOptional()
  @IsString()
  configurationName?: string;

  /** How far to go by itself. Preset: stage. */
  @IsOptional()
  @IsIn(STEPS)
  @ApiPropertyOptional({ enum: STEPS })
  then?: Then;
}

/** The multipart form of an unattended import, for the API document; it is read as a stream. */
export class UnattendedImportForm extends SourceOverridesDto {
  @ApiProperty({ type: 'string', format: 'binary' })
  file!: string;
  /** A configuration document as JSON text; this, or a saved one by its id or name. */
  configuration?: string;
  /** As `configuration`, by the name that connectors know. */
  importConfig?: string;
  configurationId?: string;
  configurationName?: string;
  /** How far to go by itself. Preset: run. */
  @ApiPropertyOptional({ enum: STEPS })
  then?: Then;
  /** Where the file is a part: what all parts of one run have in common; another one for each run. */
  seriesId?: string;
  /** Number of this part, from 1. */
  part?: number;
  /** How many parts there are: the last one to come, in whatever order, starts the run. */
  parts?: number;
}

@AnyOf('configuration', 'uploadId')
export class ChangeImportBody {
  /** A configuration document that replaces the present one; this, `uploadId`, or both. */
  @IsOptional()
  @IsObject()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  configuration?: Record<string, unknown>;

  /** Another file in place of the present one. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  @IsOptional()
  @IsString()
  uploadId?: string;
}
