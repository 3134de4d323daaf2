import type { ProblemDetail } from '@muster/contracts';
import { lengthOf } from '@muster/contracts';
import type { Names } from './display-name.js';

const LIMIT = 50;

/** What is wrong with completed names of a staff account: both are needed, at most 50 characters each. */
export function nameFaults(names: Pick<Names, 'firstName' | 'lastName'>): ProblemDetail[] {
  return (['firstName', 'lastName'] as const).flatMap((field) => {
    const pointer = `/${field}`;
    if (names[field] === '') return [{ pointer, code: 'required' }];
    return lengthOf(names[field]) > LIMIT ? [{ pointer, code: 'too_long', params: { limit: LIMIT } }] : [];
  });
}
