import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ValidateBy } from 'class-validator';
import { isMoment } from '@muster/platform';
import { momentOf } from '../clock/wall-clock.js';

const dated = (format: string) => ({ type: 'string', format });

const ON_THE_WALL = /^(?<day>\d{4}-\d{2}-\d{2})(?:T(?<time>(?:[01]\d|2[0-3]):[0-5]\d))?$/;

/** A moment such as `2026-11-30T08:00:00Z`, or a day or time of the company: `2026-11-30`, `2026-11-30T08:00`. */
export function MomentOrDay(description: string, example: string): PropertyDecorator {
  const validator = { validate: isMomentOrDay, defaultMessage: () => 'isDateString' };
  return applyDecorators(
    ValidateBy({ name: 'isDateString', validator }),
    ApiPropertyOptional({ anyOf: [dated('date-time'), dated('date')], description, example }),
  );
}

export function isMomentOrDay(value: unknown): boolean {
  if (isMoment(value)) return true;
  const { day } = onTheWall(value);
  // 30 February is no day.
  return day !== undefined && isMoment(`${day}T00:00:00Z`);
}

/** Whether the clocks of the company have to be known. */
export function isOfCompany(value: string | undefined): boolean {
  return onTheWall(value).day !== undefined;
}

/** When a period begins that is said so. */
export function beginOf(value: string, timeZone: string): Date {
  const { day, time = '00:00' } = onTheWall(value);
  return day === undefined ? new Date(value) : momentOf(day, time, timeZone);
}

/** The first moment after it: a day is in it as a whole. */
export function endOf(value: string, timeZone: string): Date {
  const { day, time } = onTheWall(value);
  return day !== undefined && time === undefined ? momentOf(day, '24:00', timeZone) : beginOf(value, timeZone);
}

function onTheWall(value: unknown): { day?: string; time?: string } {
  return (typeof value === 'string' && ON_THE_WALL.exec(value)?.groups) || {};
}
