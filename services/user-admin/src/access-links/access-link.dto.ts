import { ApiProperty, OmitType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';
import { LANGUAGES, LINK_CHANNELS, type Language, type LinkChannel } from '@muster/contracts';
import { MinCharacters, pageOf, PageQuery, Text } from '@muster/platform';
import { LONGEST_PASSWORD, SHORTEST_PASSWORD } from '../passwords/password-faults.js';
import { UserListQuery } from '../users/user-list.dto.js';
import { LINK_STATES, type LinkState } from './link-state.js';
import { SEND_OUTCOMES, type SendOutcome } from './plan-send.js';
import { JOB_STATES, type JobState } from './send-job.entity.js';

export class AccessLinkDto {
  /** @example Muster GmbH */
  companyName!: string;
  /** @example Anna Muster */
  displayName!: string;
  /** Of the person. */
  @ApiProperty({ enum: LANGUAGES })
  language!: Language;
  @ApiProperty({ enum: LINK_STATES })
  state!: LinkState;
  expiresAt!: Date;
}

export class AcceptAccessLinkBody {
  /** 12 to 128 characters of any kind; not one that many use, and not made of names that others know. */
  @Text(LONGEST_PASSWORD)
  @MinCharacters(SHORTEST_PASSWORD)
  password!: string;
}

/** As the list of accounts is filtered; without any, all accounts. */
export class UserFilterBody extends OmitType(UserListQuery, ['limit', 'cursor', 'sort'] as const) {}

export class SendAccessLinksBody {
  /** Either these, or a filter. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10_000)
  @Matches(/^[0-9a-f]{32}$/, { each: true })
  userIds?: string[];

  @IsOptional()
  @ValidateNested()
  @Type(() => UserFilterBody)
  filter?: UserFilterBody;

  @IsIn(LINK_CHANNELS)
  @ApiProperty({ enum: LINK_CHANNELS })
  channel!: LinkChannel;
}

export class SendJobCountersDto {
  /** Accounts. */
  total!: number;
  /** Whose turn has not come. */
  pending!: number;
  /** Links that were asked to be sent. */
  requested!: number;
  /** Accounts that no link can be sent to. */
  refused!: number;
}

export class SendJobLinksDto {
  /** @example /v1/access-links/send-jobs/0193d2a1c4f07b6e8a1f2c3d4e5f6071/results */
  results!: string;
}

export class SendJobDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  @ApiProperty({ enum: LINK_CHANNELS })
  channel!: LinkChannel;
  /** completed: every account had its turn. What becomes of the links after that, the results tell. */
  @ApiProperty({ enum: JOB_STATES })
  state!: JobState;
  @ApiProperty({ type: SendJobCountersDto })
  counters!: SendJobCountersDto;
  createdAt!: Date;
  @ApiProperty({ type: Date, nullable: true })
  finishedAt!: Date | null;
  links!: SendJobLinksDto;
}

const OUTCOMES = ['pending', ...SEND_OUTCOMES] as const;

export class SendResultQuery extends PageQuery {
  @IsOptional()
  @IsIn(OUTCOMES)
  @ApiProperty({ enum: OUTCOMES, required: false })
  outcome?: SendOutcome | 'pending';
}

export class SendResultDto {
  userId!: string;
  @ApiProperty({ enum: OUTCOMES })
  outcome!: SendOutcome | 'pending';
  /** Of the link that the job asked to be sent; null: it asked for none. */
  @ApiProperty({ enum: LINK_STATES, nullable: true })
  linkState!: LinkState | null;
  /** Why it could not be delivered. @example no_delivery */
  @ApiProperty({ type: String, nullable: true })
  failure!: string | null;
}
export class SendResultPage extends pageOf(SendResultDto) {}
