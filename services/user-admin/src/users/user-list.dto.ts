import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsIn, IsOptional, Matches } from 'class-validator';
import { asBoolean, pageOf, PageQuery, Text } from '@muster/platform';
import { ACCOUNT_LINK_STATES, type AccountLinkState } from '../access-links/link-state.js';
import { ACCOUNT_KINDS, AUTHORIZATION_LEVELS, type AccountKind, type AuthorizationLevel } from './account-kinds.js';
import { AsLevelOfQuery, LEVEL_SHAPE } from './level-input.js';
import { SORT_ORDERS, type SortOrder } from './list-order.js';
import { UserDto } from './user.dto.js';

export class UserListQuery extends PageQuery {
  /** Beginnings of words of names, e-mail, username or employee number, without regard to letter case and accents. @example ann must */
  @IsOptional()
  @Text(254)
  q?: string;

  /** Preset: createdAt. By name means last name, then first name. Accounts without the value come first, descending last. */
  @IsOptional()
  @IsIn(SORT_ORDERS)
  @ApiProperty({ enum: SORT_ORDERS, required: false, default: 'createdAt' })
  sort?: SortOrder;

  @IsOptional()
  @IsIn(ACCOUNT_KINDS)
  @ApiProperty({ enum: ACCOUNT_KINDS, required: false })
  kind?: AccountKind;

  @IsOptional()
  @AsLevelOfQuery()
  @IsIn(AUTHORIZATION_LEVELS)
  @ApiProperty({ ...LEVEL_SHAPE, required: false })
  authorizationLevel?: AuthorizationLevel;

  @IsOptional()
  @asBoolean
  @IsBoolean()
  hasOwnSchedule?: boolean;

  @IsOptional()
  @asBoolean
  @IsBoolean()
  loginEnabled?: boolean;

  /** Id of a group that the accounts belong to. */
  @IsOptional()
  @Matches(/^[0-9a-f]{32}$/)
  group?: string;

  @IsOptional()
  @asBoolean
  @IsBoolean()
  withoutEmployeeNumber?: boolean;

  /** Uses a licence, deactivated or not. */
  @IsOptional()
  @asBoolean
  @IsBoolean()
  holdsLicence?: boolean;

  @IsOptional()
  @IsIn(ACCOUNT_LINK_STATES)
  @ApiProperty({ enum: ACCOUNT_LINK_STATES, required: false })
  accessLinkState?: AccountLinkState;
}

export class UserPage extends pageOf(UserDto) {}
