import type { ProblemParams } from '@muster/contracts';
import type { SelectionOption } from '../schema/field-schema.js';
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
  return {
    value: shown(text),
    ...nearParams(nearest(text, [...codes, ...more])),
    codes: listed(codes),
  };
}

/** As {@link unknownCodeParams}, of a selection, whose labels are read like its codes: a reader is shown those. */
export function unknownOptionParams(text: string, options: readonly SelectionOption[]): ProblemParams {
  const codes = options.map(({ code }) => code);
  const labels = options.flatMap(({ label }) => [label.en, label.de]);
  return {
    ...unknownCodeParams(text, codes, labels),
    labelled: 'yes',
    labelsEn: listed(options.map(({ label }) => label.en)),
    labelsDe: listed(options.map(({ label }) => label.de)),
  };
}

function listed(texts: readonly string[]): string {
  const named = texts.slice(0, NAMED).join(', ');
  return texts.length > NAMED ? `${named} ...` : named;
}
