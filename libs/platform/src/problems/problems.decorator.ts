import { ApiExtension } from '@nestjs/swagger';
import type { ProblemCode } from '@muster/contracts';

export const PROBLEMS_EXTENSION = 'x-muster-problems';

/** Documents the problem codes of an operation, beside those that every operation of its kind has. */
export function Problems(...codes: ProblemCode[]): MethodDecorator {
  return ApiExtension(PROBLEMS_EXTENSION, codes) as MethodDecorator;
}
