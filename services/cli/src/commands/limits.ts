import { DEFAULT_LIMITS, NO_LIMITS, type TableLimits } from '@muster/tabular';

/** Those of an import, unless a person wants to see more. */
export function limitsFor(noLimits: boolean | undefined): TableLimits {
  return noLimits ? NO_LIMITS : DEFAULT_LIMITS;
}
