import { IsOptional } from 'class-validator';
import { pageOf, PageQuery, Text } from '@muster/platform';

export class UserGroupBody {
  /** At most 40 characters without `;`; unique in the company in any letter case. @example Team Graz */
  @Text(40)
  name!: string;
}

export class UserGroupQuery extends PageQuery {
  /** Stands anywhere in the name, without regard to letter case and accents. @example graz */
  @IsOptional()
  @Text(40)
  q?: string;
}

export class UserGroupDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** @example Team Graz */
  name!: string;
  /** Accounts that belong to it, deactivated ones too. */
  members!: number;
  createdAt!: Date;
  updatedAt!: Date;
}

export class UserGroupPage extends pageOf(UserGroupDto) {}
