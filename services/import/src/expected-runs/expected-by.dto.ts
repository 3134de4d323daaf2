import { ApiProperty } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { WEEKDAYS, type ExpectedBy, type Weekday } from './deadlines.js';

const WITHIN_HOURS = 12;

export class ExpectedByInput {
  /** By the clocks of the company. @example 06:00 */
  @Matches(/^([01]\d|2[0-3]):[0-5]\d$/)
  localTime!: string;

  /** Preset: every day. */
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(WEEKDAYS.length)
  @ArrayUnique()
  @IsIn(WEEKDAYS, { each: true })
  @ApiProperty({ enum: WEEKDAYS, isArray: true, required: false })
  weekdays?: Weekday[];

  /** How many hours before that time a run may have ended and still counts for it. Preset: 12. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(168)
  withinHours?: number;
}

export class ExpectedByDto {
  /** By the clocks of the company. @example 06:00 */
  localTime!: string;
  @ApiProperty({ enum: WEEKDAYS, isArray: true })
  weekdays!: Weekday[];
  withinHours!: number;
}

export class LastRunDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  importId!: string;
  /** @example completed */
  state!: string;
  finishedAt!: Date;
}

export function expectedByOf({ localTime, weekdays, withinHours }: ExpectedByInput): ExpectedBy {
  const days = weekdays ?? WEEKDAYS;
  return {
    localTime,
    weekdays: WEEKDAYS.filter((day) => days.includes(day)),
    withinHours: withinHours ?? WITHIN_HOURS,
  };
}
