import { Problem } from '@muster/contracts';
import { TabularError } from '@muster/tabular';

/** The reader's errors, whose codes are those of the catalogue; anything else passes through unchanged. */
export function asFileProblem(error: unknown): unknown {
  if (!(error instanceof TabularError)) return error;
  return new Problem(error.code, { params: error.params, cause: error });
}
