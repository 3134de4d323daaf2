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
import { MinCharacters, pageOf, Text } from '@muster/platform';
import { ObjectOfFields, WorkSettingsDto, WorkSettingsInput } from '../users/work-settings.dto.js';
import { HOST_SYSTEMS, type HostSystem } from './company.entity.js';
import { IsIanaTimeZone } from './time-zone.js';

/** Whichever is less, in per cent of the accounts or records in reach, and in number. */
export class GuardDto {
  /** @example 20 */
  @IsInt()
  @Min(0)
  @Max(100)
  percent!: number;

  /** @example 500 */
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  count!: number;
}
export class GuardInput extends PartialType(GuardDto) {}

/** In the company's time zone; may go past midnight. */
export class NightWindowDto {
  /** @example 01:00 */
  @Text(5)
  from!: string;

  /** @example 05:00 */
  @Text(5)
  to!: string;
}
export class NightWindowInput extends PartialType(NightWindowDto) {}

const USER_IMPORT_REASONS = ['host', 'licences'] as const;

/** Whether staff accounts can be imported and exported. */
export class UserImportDto {
  available!: boolean;
  /** host: the host system keeps the accounts in step; licences: the company has fewer than 2. null: available. */
  @ApiProperty({ enum: USER_IMPORT_REASONS, nullable: true })
  reason!: (typeof USER_IMPORT_REASONS)[number] | null;
}

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

  /** What accounts have that have set nothing of their own. null: all as Muster presets it. */
  @ObjectOfFields(() => WorkSettingsInput, false)
  defaults?: WorkSettingsInput | null;

  /** Limits of unattended changes. null: 20 % or 500. */
  @ObjectOfFields(() => GuardInput, false)
  guard?: GuardInput | null;

  /** When work that can wait is done. null: 01:00 to 05:00. */
  @ObjectOfFields(() => NightWindowInput, false)
  nightWindow?: NightWindowInput | null;

  /** Days that an access link is good after it was sent. Preset: 7. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(90)
  accessLinkDays?: number;
}

/** JSON merge patch (RFC 7396): what is left out stays as it is. */
export class ChangeCompanyBody extends PartialType(CompanySettings) {}

/** What operators may change beside. */
export class OperatorChangeCompanyBody extends ChangeCompanyBody {
  /** At most 100 characters; people type it to sign in. @example Muster GmbH */
  @IsOptional()
  @Text(100)
  name?: string;

  /** How many staff accounts may have their own schedule. Fewer than are in use: none can be added. */
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(1_000_000)
  licences?: number;
}

export class DeleteCompanyQuery {
  /** The exact name of the company, as a confirmation. @example Muster GmbH */
  @IsOptional()
  @Text(100)
  name?: string;
}

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
  /** Complete: what the company has not set is preset by Muster. */
  @ApiProperty({ type: WorkSettingsDto })
  defaults!: WorkSettingsDto;
  @ApiProperty({ type: GuardDto })
  guard!: GuardDto;
  @ApiProperty({ type: NightWindowDto })
  nightWindow!: NightWindowDto;
  /** Days that an access link is good after it was sent. */
  accessLinkDays!: number;
  @ApiProperty({ type: UserImportDto })
  userImport!: UserImportDto;
  createdAt!: Date;
}

export class CompanyPage extends pageOf(CompanyDto) {}
