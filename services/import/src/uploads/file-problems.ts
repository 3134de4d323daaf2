import { Problem } from '@muster/contracts';
import { TabularError, type TabularErrorCode } from '@muster/tabular';

/** What can be wrong with a file, as the API lists it. */
export const FILE_PROBLEMS = [
  'file_empty', 'no_data_rows', 'unsupported_format', 'file_encrypted', 'file_unreadable', 'wrong_encoding',
  'unbalanced_quotes', 'sheet_not_found', 'no_sheets', 'doctype_forbidden', 'file_too_large', 'too_many_rows',
  'too_many_columns', 'cell_too_long', 'too_many_entries', 'too_many_shared_strings', 'unpacks_too_large',
  'unpack_ratio_too_high',
] as const satisfies readonly TabularErrorCode[]; // prettier-ignore

/** The reader's errors, whose codes are those of the catalogue; anything else passes through unchanged. */
export function asFileProblem(error: unknown): unknown {
  if (!(error instanceof TabularError)) return error;
  return new Problem(error.code, { params: error.params, cause: error });
}
