import { Problem, PROBLEMS, type ProblemCode } from '@muster/contracts';
import { TabularError } from '@muster/tabular';

/** The reader's errors by the names of the catalogue; anything else passes through unchanged. */
export function asFileProblem(error: unknown): unknown {
  if (!(error instanceof TabularError)) return error;
  const { code, params } = error;
  if (code in PROBLEMS) return new Problem(code as ProblemCode, { params, cause: error });
  return new Problem('file_unreadable', { params: { format: 'CSV', reason: error.message }, cause: error });
}
