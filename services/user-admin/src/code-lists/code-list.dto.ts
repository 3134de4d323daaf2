import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsDefined, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { pageOf, Text } from '@muster/platform';
import { CODE_LISTS, PERMISSIONS, type CodeListName, type Permission } from './code-list.js';

const MOST_CODES = 500;

export class LabelsDto {
  /** At most 100 characters. @example Read only */
  @Text(100)
  en!: string;

  /** At most 100 characters. @example Nur lesen */
  @Text(100)
  de!: string;
}

export class CodeDto {
  /**
   * At most 50 characters, of customer types 30, without `;`; compared exactly. No other code of the list may differ in
   * letter case only.
   * @example READ_ONLY
   */
  @Text(50)
  code!: string;

  @IsDefined()
  @ValidateNested()
  @Type(() => LabelsDto)
  @ApiProperty({ type: LabelsDto })
  labels!: LabelsDto;

  /** What people with this role option may do; role options have it, and no other list. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(PERMISSIONS.length)
  @IsIn(PERMISSIONS, { each: true })
  @ArrayUnique()
  @ApiProperty({ enum: PERMISSIONS, isArray: true, required: false })
  permissions?: Permission[];
}

export class CodeListBody {
  /** All of them, in their order; an empty list accepts every value. At most 500. */
  @ValidateNested({ each: true })
  @ArrayMaxSize(MOST_CODES)
  @IsArray()
  @Type(() => CodeDto)
  @ApiProperty({ type: [CodeDto], maxItems: MOST_CODES })
  codes!: CodeDto[];
}

export class CodeListDto {
  @ApiProperty({ enum: CODE_LISTS })
  list!: CodeListName;

  /** true: as Muster presets it; the company has not written it. */
  preset!: boolean;

  @ApiProperty({ type: [CodeDto] })
  codes!: CodeDto[];
}

export class CodeListPage extends pageOf(CodeListDto) {}
