import { applyDecorators } from '@nestjs/common';
import { IsString, Matches } from 'class-validator';

/** Checks the name that senders give a series of parts: up to 100 letters, digits and `._:-`. */
export function SeriesName(): PropertyDecorator {
  return applyDecorators(IsString(), Matches(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,99}$/));
}
