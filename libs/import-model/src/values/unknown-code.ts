import type { ProblemParams } from '@muster/contracts';
import { nearest, nearParams } from '../text/nearest.js';
import { shown } from './problems.js';

/** How many values a problem names. */
const NAMED = 20;

/**
 * What `unknown_code` says.
 * @param codes all that are allowed @param more other texts that are read as one of them
 */
export function unknownCodeParams(
  text: string,
  codes: readonly string[],
  more: readonly string[] = [],
): ProblemParams & { readonly codes: string } {
  const named = codes.slice(0, NAMED).join(', ');
  return {
    value: shown(text),
    ...nearParams(nearest(text, [...codes, ...more])),
    codes: codes.length > NAMED ? `${named} ...` : named,
  };
}
