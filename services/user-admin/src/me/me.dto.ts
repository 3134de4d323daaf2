import { ApiProperty } from '@nestjs/swagger';
import { LANGUAGES, type Language } from '@muster/contracts';
import { ROLES } from '@muster/platform';

const TYPES = ['user', 'key', 'operator'] as const;
const WHO = [...ROLES, 'key'] as const;

export class MyCompanyDto {
  id!: string;
  /** @example Muster GmbH */
  name!: string;
  @ApiProperty({ enum: LANGUAGES })
  language!: Language;
  /** @example Europe/Vienna */
  timeZone!: string;
}

export class MeDto {
  /** Of the account or the key. @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  @ApiProperty({ enum: TYPES })
  type!: (typeof TYPES)[number];
  /** Of the person, or of the key. */
  displayName!: string;
  email!: string | null;
  @ApiProperty({ enum: WHO })
  role!: (typeof WHO)[number];
  /** What an API key may do, or a person of role 1 by its role options; empty for everybody else. */
  scopes!: string[];
  /** The person's, else the company's. */
  @ApiProperty({ enum: LANGUAGES })
  language!: Language;
  /** null: operators belong to none. */
  @ApiProperty({ type: MyCompanyDto, nullable: true })
  company!: MyCompanyDto | null;
}
