import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsOptional,
  Matches,
  ValidateNested,
} from 'class-validator';
import { GUARDED_EFFECTS, type GuardedEffect } from '@muster/import-model';
import { PageQuery, pageOf } from '@muster/platform';
import { UserFilterBody } from '../access-links/access-link.dto.js';
import { ACCOUNT_KINDS, type AccountKind } from '../users/account-kinds.js';
import { ChangeUserBody } from '../users/user.dto.js';
import { MASS_CHANGE_STATES, type MassChangeState } from './mass-change-state.js';
import type { RowOutcome } from './tally.js';

const ID = /^[0-9a-f]{32}$/;
const MOST_GROUPS = 97;

/** What tells one person from another is not changed for many. */
const OF_ONE_PERSON = [
  'email',
  'employeeNumber',
  'username',
  'displayName',
  'firstName',
  'lastName',
  'uprn',
  'dateOfBirth',
  'gender',
  'confirmScheduleRemoval',
] as const;

/** JSON merge patch (RFC 7396) of each account: what is absent stays, null empties. */
export class MassChangesInput extends OmitType(ChangeUserBody, OF_ONE_PERSON) {
  /** Groups that the accounts get beside those that they have. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_GROUPS)
  @Matches(ID, { each: true })
  @ArrayUnique()
  addUserGroups?: string[];

  /** Groups that the accounts lose. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_GROUPS)
  @Matches(ID, { each: true })
  @ArrayUnique()
  removeUserGroups?: string[];
}

export class MassChangeOptions {
  /**
   * Accounts that lose their own schedule lose their customers, appointments, tasks and reports with it; without this they
   * are refused.
   */
  @IsOptional()
  @IsBoolean()
  allowScheduleRemoval?: boolean;
}

const THEN = ['plan', 'run'] as const;

export class StartMassChangeBody {
  /** Either these, or a filter. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @Matches(ID, { each: true })
  userIds?: string[];

  /** The accounts that meet it now, however many they are. */
  @IsOptional()
  @ValidateNested()
  @Type(() => UserFilterBody)
  filter?: UserFilterBody;

  @IsDefined()
  @ValidateNested()
  @Type(() => MassChangesInput)
  changes!: MassChangesInput;

  @IsOptional()
  @ValidateNested()
  @Type(() => MassChangeOptions)
  options?: MassChangeOptions;

  /** How far to go by itself. Preset: plan. */
  @IsOptional()
  @IsIn(THEN)
  @ApiProperty({ enum: THEN, required: false, default: 'plan' })
  then?: (typeof THEN)[number];
}

/** Accounts by what became of them; all but the last four add up to `total`. */
export class MassChangeCountersDto {
  total!: number;
  updated!: number;
  unchanged!: number;
  /** Rules stand in the way. */
  invalid!: number;
  /** Our fault. */
  failed!: number;
  /** Not tried (yet). */
  unprocessed!: number;
  /** Of those updated. */
  deactivated!: number;
  /** Of those updated: lost their own schedule. */
  scheduleRemovals!: number;
  /** Of those updated: are no longer administrators. */
  demotions!: number;
  /** Were changed by somebody else after they were planned, and judged anew. */
  changedSincePlan!: number;
}

export class MassChangeLicencesDto {
  total!: number;
  /** When planning began. */
  inUse!: number;
  taken!: number;
  freed!: number;
  /** Afterwards. */
  inUseAfter!: number;
}

export class GuardFindingDto {
  @ApiProperty({ enum: ACCOUNT_KINDS })
  kind!: AccountKind;
  @ApiProperty({ enum: GUARDED_EFFECTS })
  effect!: GuardedEffect;
  planned!: number;
  /** Active accounts of the kind. */
  base!: number;
  limit!: number;
  exceeded!: boolean;
}

export class MassChangePlanDto {
  @ApiProperty({ type: MassChangeCountersDto })
  counters!: MassChangeCountersDto;
  /** null: nothing was planned yet. */
  @ApiProperty({ type: MassChangeLicencesDto, nullable: true })
  licences!: MassChangeLicencesDto | null;
  /** Effects with their limits; one that is exceeded needs approval. */
  @ApiProperty({ type: [GuardFindingDto] })
  guard!: GuardFindingDto[];
}

export class MassChangeLinksDto {
  /** @example /v1/users/bulk/0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  self!: string;
  /** @example /v1/users/bulk/0193d2a1c4f07b6e8a1f2c3d4e5f6071/rows */
  rows!: string;
  run?: string;
  approve?: string;
  cancel?: string;
}

export class MassChangeProblemDto {
  /** @example last_administrator */
  code!: string;
  /** @example home.street */
  field?: string;
  /** In the reader's language. */
  message!: string;
}

export class MassChangeDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  @ApiProperty({ enum: MASS_CHANGE_STATES })
  state!: MassChangeState;
  /** What became of the accounts. */
  @ApiProperty({ type: MassChangeCountersDto })
  counters!: MassChangeCountersDto;
  /** What would become of them, worked out before anything is written. */
  @ApiProperty({ type: MassChangePlanDto })
  plan!: MassChangePlanDto;
  /** Taken before the first write; null: nothing was written. */
  restorePointId!: string | null;
  /** Somebody let it go beyond the limits. */
  approved!: boolean;
  /** Why it failed. */
  @ApiProperty({ type: MassChangeProblemDto, nullable: true })
  problem!: MassChangeProblemDto | null;
  /** @example user:0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  createdBy!: string;
  /** Who ran or approved it. */
  runBy!: string | null;
  createdAt!: Date;
  @ApiProperty({ type: Date, nullable: true })
  startedAt!: Date | null;
  @ApiProperty({ type: Date, nullable: true })
  finishedAt!: Date | null;
  /** What can be done in this state. */
  links!: MassChangeLinksDto;
}
export class MassChangePage extends pageOf(MassChangeDto) {}

const PLANNED = ['updated', 'unchanged', 'invalid', 'failed'] as const satisfies readonly RowOutcome[];
const OUTCOMES = [...PLANNED, 'unprocessed'] as const;

export class MassChangeRowsQuery extends PageQuery {
  @IsOptional()
  @IsIn(OUTCOMES)
  @ApiProperty({ enum: OUTCOMES, required: false })
  outcome?: (typeof OUTCOMES)[number];

  /** What the plan says. */
  @IsOptional()
  @IsIn(PLANNED)
  @ApiProperty({ enum: PLANNED, required: false })
  planned?: RowOutcome;
}

const ANY_VALUE = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: { type: 'string' } },
    { type: 'null' },
  ],
};

export class AccountDifferenceDto {
  /** @example home.city */
  field!: string;
  /** The field's name in the reader's language. */
  label!: string;
  @ApiProperty(ANY_VALUE)
  from!: string | number | boolean | null | readonly string[];
  @ApiProperty(ANY_VALUE)
  to!: string | number | boolean | null | readonly string[];
}

export class MassChangeRowDto {
  userId!: string;
  /** null: there is no such account. */
  displayName!: string | null;
  /** null: not planned yet. */
  @ApiProperty({ enum: PLANNED, nullable: true })
  planned!: RowOutcome | null;
  @ApiProperty({ enum: OUTCOMES })
  outcome!: (typeof OUTCOMES)[number];
  /** The account was changed by somebody else after it was planned, and judged anew. */
  changedSincePlan!: boolean;
  /** As written; until then as planned. */
  @ApiProperty({ type: [AccountDifferenceDto] })
  changes!: AccountDifferenceDto[];
  /** What stands in the way; of an update what is worth a look. */
  @ApiProperty({ type: [MassChangeProblemDto] })
  problems!: MassChangeProblemDto[];
}
export class MassChangeRowPage extends pageOf(MassChangeRowDto) {}
