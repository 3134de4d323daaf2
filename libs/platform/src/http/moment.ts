import { applyDecorators } from '@nestjs/common';
import { IsDate } from 'class-validator';
import { Transform } from 'class-transformer';

// RFC 3339, section 5.6. Without an offset it would mean another moment on every server.
const DATE_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

/** A moment such as `2026-11-30T08:00:00Z` of a body or query, as a Date. */
export function Moment(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => momentOf(value)),
    IsDate(),
  );
}

/** Whether it is a text that says a moment, with its offset. */
export function isMoment(value: unknown): boolean {
  return momentOf(value) instanceof Date;
}

/** What is none stays as it is, and `IsDate` refuses it: the day must be there, 30 February is not moved to March. */
export function momentOf(value: unknown): unknown {
  if (typeof value !== 'string' || !DATE_TIME.test(value)) return value;
  const [year, month, day] = value.split(/[-T]/i, 3).map(Number);
  const lastDay = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const date = new Date(value);
  return Number(day) > lastDay || Number.isNaN(date.getTime()) ? value : date;
}
