import { ApiProperty, type ApiPropertyOptions, IntersectionType, PartialType } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional } from 'class-validator';
import type { Language } from '@muster/contracts';
import { ACCOUNT_LINK_STATES, type AccountLinkState } from '../access-links/link-state.js';
import { ACCOUNT_FIELDS, type Gender } from './account-fields.js';
import { ACCOUNT_KINDS, type AccountKind, type AuthorizationLevel } from './account-kinds.js';
import { FieldOfAccount, shapeOf } from './account-property.js';
import { AsLevel, LEVEL_SHAPE } from './level-input.js';
import { ObjectOfFields, WorkSettingsDto, WorkSettingsInput } from './work-settings.dto.js';

export class HomeDto {
  @FieldOfAccount('home.street')
  street!: string | null;
  @FieldOfAccount('home.postalCode')
  postalCode!: string | null;
  @FieldOfAccount('home.city')
  city!: string | null;
  @FieldOfAccount('home.state')
  state!: string | null;
  @FieldOfAccount('home.country')
  country!: string | null;
  /** Degrees, north positive; only together with the longitude. */
  @FieldOfAccount('home.latitude')
  latitude!: number | null;
  /** Degrees, east positive; only together with the latitude. */
  @FieldOfAccount('home.longitude')
  longitude!: number | null;
}
export class HomeInput extends PartialType(HomeDto) {}

/** What stands in every answer about an account and in every wish for one. */
export class AccountFieldsDto {
  /** At most 254 characters; unique in the company in any letter case. @example anna@example.com */
  @FieldOfAccount('email')
  email!: string | null;
  /** Unique in the company in any letter case. Preset: the local part of the e-mail, numbered when taken. @example anna */
  @FieldOfAccount('username')
  username!: string;
  /** Unique in the company, compared exactly. @example 007 */
  @FieldOfAccount('employeeNumber')
  employeeNumber!: string | null;
  /** Follows the names until it is set to another one by hand; null lets it follow again. @example Anna Muster */
  @FieldOfAccount('displayName')
  displayName!: string;
  /** @example Dr. */
  @FieldOfAccount('title')
  title!: string | null;
  /** @example Anna */
  @FieldOfAccount('firstName')
  firstName!: string | null;
  /** @example Muster */
  @FieldOfAccount('lastName')
  lastName!: string | null;
  /** Digits, blanks and + ( ) - / @example +43 316 8050-0 */
  @FieldOfAccount('phone')
  phone!: string | null;
  /** Digits, blanks and + ( ) - / @example +43 664 1234567 */
  @FieldOfAccount('mobile')
  mobile!: string | null;
  /** Preset: that of the company. */
  @FieldOfAccount('language')
  language!: Language;
  /** 0 user, 1 supervisor, 2 administrator; also taken by these names. Preset: 0. */
  @AsLevel()
  @FieldOfAccount('authorizationLevel')
  authorizationLevel!: AuthorizationLevel;
  /** Is a rep, and uses a licence; staff only. Preset: yes for staff. */
  @FieldOfAccount('hasOwnSchedule')
  hasOwnSchedule!: boolean;
  /** Ids of the groups that the account belongs to. */
  @FieldOfAccount('userGroups')
  userGroups!: string[];
  /** false: deactivated; the data stays. Preset: yes. */
  @FieldOfAccount('loginEnabled')
  loginEnabled!: boolean;
  /** 12 digits, as text. @example 010003456789 */
  @FieldOfAccount('uprn')
  uprn!: string | null;
  /** In the past. */
  @FieldOfAccount('dateOfBirth')
  dateOfBirth!: string | null;
  @FieldOfAccount('customerType')
  customerType!: string | null;
  @FieldOfAccount('gender')
  gender!: Gender | null;
  @FieldOfAccount('accessLevel')
  accessLevel!: string | null;
  @FieldOfAccount('roles')
  roles!: string[];
  @FieldOfAccount('roleOptions')
  roleOptions!: string[];
}

/** What administrators alone see. */
export class AdministratorsFieldsDto {
  @FieldOfAccount('note')
  note!: string | null;
  @FieldOfAccount('taxIdentifier')
  taxIdentifier!: string | null;
}

/** The parts of an account that are objects. */
class ObjectsInput extends WorkSettingsInput {
  @ObjectOfFields(() => HomeInput, false)
  home?: HomeInput | null;
}

class AccountInput extends IntersectionType(
  PartialType(IntersectionType(AccountFieldsDto, AdministratorsFieldsDto)),
  ObjectsInput,
) {}

// Null empties in a change, and in a new account it is as if left out.
for (const field of ACCOUNT_FIELDS) {
  if (field.readOnly || field.id === 'kind' || field.id.includes('.')) continue;
  const shape = field.id === 'authorizationLevel' ? LEVEL_SHAPE : shapeOf(field);
  ApiProperty({ ...shape, nullable: true, required: false } as ApiPropertyOptions)(AccountInput.prototype, field.id);
}

/** An account as it is wished for; what is left out is made, or empty. */
export class CreateUserBody extends AccountInput {
  /** Fixed once given. Portal users and people have no own schedule and use no licence. */
  @IsIn(ACCOUNT_KINDS)
  @ApiProperty({ enum: ACCOUNT_KINDS })
  kind!: AccountKind;

  /**
   * Sends the access link once the account exists: by e-mail, without one by SMS. Who has neither is created with a warning.
   * Preset: no.
   */
  @IsOptional()
  @IsBoolean()
  notify?: boolean;
}

/** JSON merge patch (RFC 7396): what is absent stays, null empties. */
export class ChangeUserBody extends AccountInput {
  /**
   * Needed to take the own schedule away, with which the customers, appointments, tasks and reports of the account are
   * removed.
   */
  @IsOptional()
  @IsBoolean()
  confirmScheduleRemoval?: boolean;
}

export class WarningDto {
  /** JSON pointer into the account. @example /phone */
  pointer!: string;
  /** @example phone_not_international */
  code!: string;
  /** In the language of the request. */
  message!: string;
}

/** Own values that are null are not set: `effective` has what holds then. */
export class UserDto extends IntersectionType(AccountFieldsDto, PartialType(AdministratorsFieldsDto), WorkSettingsDto) {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  @ApiProperty({ enum: ACCOUNT_KINDS })
  kind!: AccountKind;
  /** false: it is made of the names, and follows them. */
  displayNameByHand!: boolean;
  /** null also when the number gives none. @example +4331680500 */
  phoneE164!: string | null;
  /** @example +436641234567 */
  mobileE164!: string | null;
  /** Of the current access link; none: there is no link. */
  @ApiProperty({ enum: ACCOUNT_LINK_STATES })
  accessLinkState!: AccountLinkState;
  home!: HomeDto;
  /** Own values, else those of the company. */
  @ApiProperty({ type: WorkSettingsDto })
  effective!: WorkSettingsDto;
  createdAt!: Date;
  updatedAt!: Date;
  /** What was accepted, but is worth a look; after a creation or change only. */
  @ApiProperty({ type: () => [WarningDto], required: false })
  warnings?: WarningDto[];
}
