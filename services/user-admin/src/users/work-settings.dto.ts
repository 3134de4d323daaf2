import { applyDecorators, type Type as Class } from '@nestjs/common';
import { ApiProperty, PartialType } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, ValidateNested } from 'class-validator';
import type { WorkBreakMode } from './account-fields.js';
import { FieldOfAccount } from './account-property.js';

/** A property that is an object with fields of its own. In a change, null empties all of them. */
export function ObjectOfFields(type: () => Class<unknown>, required = true): PropertyDecorator {
  // Swagger tells a function that gives a class by its name, `type`.
  const shape = ApiProperty({ type: () => type(), required, ...(!required && { nullable: true }) });
  return applyDecorators(IsObject(), ValidateNested(), IsOptional(), Type(type), shape);
}

/** A day off has `closed` in both. */
export class WorkdayDto {
  @FieldOfAccount('workingHours.mon.from')
  from!: string | null;
  @FieldOfAccount('workingHours.mon.to')
  to!: string | null;
}
export class WorkdayInput extends PartialType(WorkdayDto) {}

export class WorkingHoursDto {
  @ObjectOfFields(() => WorkdayDto)
  mon!: WorkdayDto;
  @ObjectOfFields(() => WorkdayDto)
  tue!: WorkdayDto;
  @ObjectOfFields(() => WorkdayDto)
  wed!: WorkdayDto;
  @ObjectOfFields(() => WorkdayDto)
  thu!: WorkdayDto;
  @ObjectOfFields(() => WorkdayDto)
  fri!: WorkdayDto;
  @ObjectOfFields(() => WorkdayDto)
  sat!: WorkdayDto;
  @ObjectOfFields(() => WorkdayDto)
  sun!: WorkdayDto;
}
export class WorkingHoursInput {
  @ObjectOfFields(() => WorkdayInput, false)
  mon?: WorkdayInput | null;
  @ObjectOfFields(() => WorkdayInput, false)
  tue?: WorkdayInput | null;
  @ObjectOfFields(() => WorkdayInput, false)
  wed?: WorkdayInput | null;
  @ObjectOfFields(() => WorkdayInput, false)
  thu?: WorkdayInput | null;
  @ObjectOfFields(() => WorkdayInput, false)
  fri?: WorkdayInput | null;
  @ObjectOfFields(() => WorkdayInput, false)
  sat?: WorkdayInput | null;
  @ObjectOfFields(() => WorkdayInput, false)
  sun?: WorkdayInput | null;
}

export class WorkBreakDto {
  /** fixed: from one time to another; flexible: so many minutes between them. */
  @FieldOfAccount('workBreak.mode')
  mode!: WorkBreakMode | null;
  @FieldOfAccount('workBreak.from')
  from!: string | null;
  @FieldOfAccount('workBreak.to')
  to!: string | null;
  @FieldOfAccount('workBreak.minutes')
  minutes!: number | null;
}
export class WorkBreakInput extends PartialType(WorkBreakDto) {}

export class OvernightDto {
  /** Days of a tour with nights away from home at most; 0: none. */
  @FieldOfAccount('overnight.days')
  days!: number | null;
  /** Kilometres from home from which a night away is worth it. */
  @FieldOfAccount('overnight.minDistance')
  minDistance!: number | null;
  /** Minutes from home from which a night away is worth it. */
  @FieldOfAccount('overnight.minMinutes')
  minMinutes!: number | null;
  /** Minutes of travel of a day at most. */
  @FieldOfAccount('overnight.maxTravelMinutes')
  maxTravelMinutes!: number | null;
}
export class OvernightInput extends PartialType(OvernightDto) {}

/** Deviation from the usual speed in per cent. */
export class DrivingSpeedDto {
  @FieldOfAccount('drivingSpeed.city')
  city!: number | null;
  @FieldOfAccount('drivingSpeed.country')
  country!: number | null;
  @FieldOfAccount('drivingSpeed.highway')
  highway!: number | null;
}
export class DrivingSpeedInput extends PartialType(DrivingSpeedDto) {}

/** What new customers get. */
export class CustomerDefaultsDto {
  /** Days between two calls. */
  @FieldOfAccount('defaults.callInterval')
  callInterval!: number | null;
  /** Minutes of a call. */
  @FieldOfAccount('defaults.callDuration')
  callDuration!: number | null;
  @FieldOfAccount('defaults.businessHours')
  businessHours!: string | null;
}
export class CustomerDefaultsInput extends PartialType(CustomerDefaultsDto) {}

/** What the company sets for all and an account may set for itself. */
export class WorkSettingsDto {
  @ObjectOfFields(() => WorkingHoursDto)
  workingHours!: WorkingHoursDto;
  @ObjectOfFields(() => WorkBreakDto)
  workBreak!: WorkBreakDto;
  @ObjectOfFields(() => OvernightDto)
  overnight!: OvernightDto;
  @ObjectOfFields(() => DrivingSpeedDto)
  drivingSpeed!: DrivingSpeedDto;
  @ObjectOfFields(() => CustomerDefaultsDto)
  defaults!: CustomerDefaultsDto;
}
export class WorkSettingsInput {
  @ObjectOfFields(() => WorkingHoursInput, false)
  workingHours?: WorkingHoursInput | null;
  @ObjectOfFields(() => WorkBreakInput, false)
  workBreak?: WorkBreakInput | null;
  @ObjectOfFields(() => OvernightInput, false)
  overnight?: OvernightInput | null;
  @ObjectOfFields(() => DrivingSpeedInput, false)
  drivingSpeed?: DrivingSpeedInput | null;
  @ObjectOfFields(() => CustomerDefaultsInput, false)
  defaults?: CustomerDefaultsInput | null;
}
