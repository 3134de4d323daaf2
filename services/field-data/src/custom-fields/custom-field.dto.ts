import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDefined, IsIn, IsOptional, IsString, Matches, ValidateNested } from 'class-validator';
import { RECORD_ENTITIES } from '@muster/contracts';
import { CUSTOM_FIELD_NAME, CUSTOM_FIELD_TYPES, type CustomFieldType } from '@muster/import-model';
import { PageQuery, Text } from '@muster/platform';

export type RecordEntityName = (typeof RECORD_ENTITIES)[number];

const MOST_OPTIONS = 500;

export class FieldLabel {
  /** At most 100 characters. @example Shoe size */
  @Text(100)
  en!: string;

  /** At most 100 characters. @example Schuhgröße */
  @Text(100)
  de!: string;
}

export class FieldDescription {
  /** At most 500 characters. @example As on the box. */
  @IsOptional()
  @Text(500)
  en?: string | null;

  /** At most 500 characters. @example Wie auf dem Karton. */
  @IsOptional()
  @Text(500)
  de?: string | null;
}

/** One value of a selection. */
export class FieldOption {
  /** What is stored: at most 100 characters, without `;`. @example L */
  @Text(100)
  code!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => FieldLabel)
  @ApiProperty({ type: FieldLabel })
  label!: FieldLabel;
}

/** A field that the company adds to a kind of records. */
export class CustomFieldInput {
  @IsIn(RECORD_ENTITIES)
  @ApiProperty({ enum: RECORD_ENTITIES })
  entity!: RecordEntityName;

  /** In files and mappings `customFields.NAME`; never changes. @example size */
  @IsString()
  @Matches(CUSTOM_FIELD_NAME)
  name!: string;

  /** Never changes. */
  @IsIn(CUSTOM_FIELD_TYPES)
  @ApiProperty({ enum: CUSTOM_FIELD_TYPES })
  type!: CustomFieldType;

  @IsDefined()
  @ValidateNested()
  @Type(() => FieldLabel)
  @ApiProperty({ type: FieldLabel })
  label!: FieldLabel;

  @IsOptional()
  @ValidateNested()
  @Type(() => FieldDescription)
  @ApiProperty({ type: FieldDescription, required: false })
  description?: FieldDescription | null;

  /** Of a selection, in their order; at most 500. */
  @IsOptional()
  @ValidateNested({ each: true })
  @ArrayMaxSize(MOST_OPTIONS)
  @IsArray()
  @Type(() => FieldOption)
  @ApiProperty({ type: [FieldOption], required: false, maxItems: MOST_OPTIONS })
  options?: FieldOption[] | null;
}

/** JSON merge patch (RFC 7396); the list of options is replaced as a whole. */
export class CustomFieldPatch {
  @IsOptional()
  @ValidateNested()
  @Type(() => FieldLabel)
  @ApiProperty({ type: FieldLabel, required: false })
  label?: FieldLabel | null;

  @IsOptional()
  @ValidateNested()
  @Type(() => FieldDescription)
  @ApiProperty({ type: FieldDescription, required: false })
  description?: FieldDescription | null;

  /** A value that records have cannot be taken away. */
  @IsOptional()
  @ValidateNested({ each: true })
  @ArrayMaxSize(MOST_OPTIONS)
  @IsArray()
  @Type(() => FieldOption)
  @ApiProperty({ type: [FieldOption], required: false, maxItems: MOST_OPTIONS })
  options?: FieldOption[] | null;
}

class FieldTexts {
  /** @example As on the box. */
  en!: string;
  /** @example Wie auf dem Karton. */
  de!: string;
}

export class CustomFieldDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;

  @ApiProperty({ enum: RECORD_ENTITIES })
  entity!: string;

  /** @example size */
  name!: string;

  @ApiProperty({ enum: CUSTOM_FIELD_TYPES })
  type!: CustomFieldType;

  @ApiProperty({ type: FieldLabel })
  label!: FieldLabel;

  @ApiProperty({ type: FieldTexts })
  description!: FieldTexts;

  @ApiProperty({ type: [FieldOption] })
  options!: FieldOption[];

  /** Also the ETag. @example 1 */
  version!: number;
  createdAt!: Date;
  updatedAt!: Date;
}

export class ListCustomFieldsQuery extends PageQuery {
  @IsOptional()
  @IsIn(RECORD_ENTITIES)
  @ApiProperty({ enum: RECORD_ENTITIES, required: false, description: 'Fields of these records only.' })
  entity?: RecordEntityName;
}
