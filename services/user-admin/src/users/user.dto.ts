import { ApiProperty } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { IsBoolean, IsEmail, IsIn, IsOptional } from 'class-validator';
import { LANGUAGES, type Language } from '@muster/contracts';
import { PageQuery, pageOf } from '@muster/platform';
import { Text } from '../validation/text.js';
import { ACCOUNT_KINDS, AUTHORIZATION_LEVELS, type AccountKind, type AuthorizationLevel } from './account-kinds.js';
import type { UserAccount } from './user-account.entity.js';

export class CreateUserBody {
  /** At most 254 characters; unique in the company in any letter case. @example anna@example.com */
  @Text(254)
  @IsEmail()
  email!: string;

  /** At most 64 characters, compared exactly. @example 007 */
  @IsOptional()
  @Text(64)
  employeeNumber?: string;

  /** At most 50 characters. Names may be left out when displayName has at least two words. @example Anna */
  @IsOptional()
  @Text(50)
  firstName?: string;

  /** At most 50 characters. @example Muster */
  @IsOptional()
  @Text(50)
  lastName?: string;

  /** At most 101 characters. Preset: the names. */
  @IsOptional()
  @Text(101)
  displayName?: string;

  /** Fixed once given. */
  @IsIn(['staff'])
  @ApiProperty({ enum: ['staff'] })
  kind!: 'staff';

  /** 0 user, 1 supervisor, 2 administrator. Preset: 0. */
  @IsOptional()
  @IsIn(AUTHORIZATION_LEVELS)
  @ApiProperty({ enum: AUTHORIZATION_LEVELS, required: false })
  authorizationLevel?: AuthorizationLevel;

  /** Is a rep, and uses a licence. Preset: yes. */
  @IsOptional()
  @IsBoolean()
  hasOwnSchedule?: boolean;

  /** At most 50 characters. Preset: the local part of the e-mail, numbered when taken. */
  @IsOptional()
  @Text(50)
  username?: string;

  /** Preset: that of the company. */
  @IsOptional()
  @IsIn(LANGUAGES)
  @ApiProperty({ enum: LANGUAGES, required: false })
  language?: Language;
}

const asBoolean = Transform(({ value }: { value: unknown }) =>
  value === 'true' ? true : value === 'false' ? false : value,
);

export class UserListQuery extends PageQuery {
  /** Part of a name, e-mail, username or employee number. */
  @IsOptional()
  @Text(254)
  q?: string;

  @IsOptional()
  @IsIn(ACCOUNT_KINDS)
  @ApiProperty({ enum: ACCOUNT_KINDS, required: false })
  kind?: AccountKind;

  @IsOptional()
  @Type(() => Number)
  @IsIn(AUTHORIZATION_LEVELS)
  @ApiProperty({ enum: AUTHORIZATION_LEVELS, required: false })
  authorizationLevel?: AuthorizationLevel;

  @IsOptional()
  @asBoolean
  @IsBoolean()
  hasOwnSchedule?: boolean;

  @IsOptional()
  @asBoolean
  @IsBoolean()
  loginEnabled?: boolean;

  @IsOptional()
  @asBoolean
  @IsBoolean()
  withoutEmployeeNumber?: boolean;

  /** Uses a licence, deactivated or not. */
  @IsOptional()
  @asBoolean
  @IsBoolean()
  holdsLicence?: boolean;
}

export class UserDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  @ApiProperty({ enum: ACCOUNT_KINDS })
  kind!: AccountKind;
  employeeNumber!: string | null;
  email!: string | null;
  username!: string;
  displayName!: string;
  firstName!: string | null;
  lastName!: string | null;
  /** 0 user, 1 supervisor, 2 administrator. */
  @ApiProperty({ enum: AUTHORIZATION_LEVELS })
  authorizationLevel!: AuthorizationLevel;
  /** Is a rep. */
  hasOwnSchedule!: boolean;
  /** false: deactivated. */
  loginEnabled!: boolean;
  @ApiProperty({ enum: LANGUAGES })
  language!: Language;
  createdAt!: Date;
  updatedAt!: Date;
}

export class UserPage extends pageOf(UserDto) {}

export function userDto(account: UserAccount): UserDto {
  const { id, kind, employeeNumber, email, username, displayName, firstName, lastName } = account;
  const { authorizationLevel, hasOwnSchedule, loginEnabled, language, createdAt, updatedAt } = account;
  return {
    id,
    kind,
    employeeNumber,
    email,
    username,
    displayName,
    firstName,
    lastName,
    authorizationLevel,
    hasOwnSchedule,
    loginEnabled,
    language,
    createdAt,
    updatedAt,
  };
}
