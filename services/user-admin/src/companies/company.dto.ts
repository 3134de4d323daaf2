import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsEmail,
  IsIn,
  IsInt,
  IsISO31661Alpha2,
  IsOptional,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { LANGUAGES, type Language } from '@muster/contracts';
import { pageOf } from '@muster/platform';
import { MinCharacters, Text } from '../validation/text.js';
import { HOST_SYSTEMS, type Company, type HostSystem } from './company.entity.js';
import { IsIanaTimeZone } from './time-zone.js';

/** What its administrators may set. */
class CompanySettings {
  /** Language of texts for people who have chosen none. */
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES })
  language!: Language;

  /** IANA name. @example Europe/Vienna */
  @IsIanaTimeZone()
  timeZone!: string;

  /** ISO 3166-1 alpha-2. @example AT */
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toUpperCase() : value))
  @IsISO31661Alpha2()
  country!: string;

  /** Data rows of one import file. Preset: 100,000. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000_000)
  importRowLimit?: number;

  /** Bytes of one import file. Preset: 31,457,280 (30 MB). */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(4_294_967_296)
  importByteLimit?: number;

  /** What keeps the accounts in step, if not Muster. Preset: none. */
  @IsOptional()
  @IsIn(HOST_SYSTEMS)
  @ApiProperty({ enum: HOST_SYSTEMS, required: false })
  hostSystem?: HostSystem;
}

/** What is left out stays as it is. */
export class ChangeCompanyBody extends PartialType(CompanySettings) {}

export class FirstAdministratorBody {
  /** At most 254 characters. @example anna@example.com */
  @Text(254)
  @IsEmail()
  email!: string;

  /** At most 50 characters. @example Anna */
  @Text(50)
  firstName!: string;

  /** At most 50 characters. @example Muster */
  @Text(50)
  lastName!: string;

  /** 12 to 128 characters. */
  @Text(128)
  @MinCharacters(12)
  password!: string;

  /** Is a rep too, and uses a licence. Preset: no. */
  @IsOptional()
  @IsBoolean()
  hasOwnSchedule?: boolean;
}

export class CreateCompanyBody extends CompanySettings {
  /** At most 100 characters; people type it to sign in. @example Muster GmbH */
  @Text(100)
  name!: string;

  /** How many staff accounts may have their own schedule. */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  licences!: number;

  @IsDefined()
  @ValidateNested()
  @Type(() => FirstAdministratorBody)
  administrator!: FirstAdministratorBody;
}

export class CompanyDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** @example Muster GmbH */
  name!: string;
  @ApiProperty({ enum: LANGUAGES })
  language!: Language;
  /** @example Europe/Vienna */
  timeZone!: string;
  /** @example AT */
  country!: string;
  licences!: number;
  @ApiProperty({ enum: HOST_SYSTEMS })
  hostSystem!: HostSystem;
  importRowLimit!: number;
  importByteLimit!: number;
  createdAt!: Date;
}

export class CompanyPage extends pageOf(CompanyDto) {}

export function companyDto(company: Company): CompanyDto {
  const { id, name, language, timeZone, country, licences, hostSystem, importRowLimit, importByteLimit, createdAt } =
    company;
  return { id, name, language, timeZone, country, licences, hostSystem, importRowLimit, importByteLimit, createdAt };
}
