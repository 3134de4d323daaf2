import type { ProblemDetail, ProblemKind, ProblemParams } from '../problem.js';
import { ACCOUNT_RECORD_PROBLEMS } from './account-records.js';
import { COMMON_PROBLEMS } from './common.js';
import { FILE_PROBLEMS } from './files.js';
import { IMPORT_PROBLEMS } from './import.js';
import { IMPORT_CONFIGURATION_PROBLEMS } from './import-configurations.js';
import { IMPORT_PART_PROBLEMS } from './import-parts.js';
import { RECORD_PROBLEMS } from './records.js';
import { USER_ADMIN_PROBLEMS } from './user-admin.js';
import { USER_VALUE_PROBLEMS } from './user-values.js';

/** The catalogue by what its problems are about. */
export const PROBLEM_GROUPS = {
  common: COMMON_PROBLEMS,
  userAdmin: USER_ADMIN_PROBLEMS,
  accountRecords: ACCOUNT_RECORD_PROBLEMS,
  userValues: USER_VALUE_PROBLEMS,
  files: FILE_PROBLEMS,
  imports: IMPORT_PROBLEMS,
  importConfigurations: IMPORT_CONFIGURATION_PROBLEMS,
  importParts: IMPORT_PART_PROBLEMS,
  records: RECORD_PROBLEMS,
} as const satisfies Record<string, Readonly<Record<string, ProblemKind>>>;

/** The closed catalogue of problems: code -> status, title and detail in both languages. */
export const PROBLEMS = {
  ...COMMON_PROBLEMS,
  ...USER_ADMIN_PROBLEMS,
  ...ACCOUNT_RECORD_PROBLEMS,
  ...USER_VALUE_PROBLEMS,
  ...FILE_PROBLEMS,
  ...IMPORT_PROBLEMS,
  ...IMPORT_CONFIGURATION_PROBLEMS,
  ...IMPORT_PART_PROBLEMS,
  ...RECORD_PROBLEMS,
};
export type ProblemCode = keyof typeof PROBLEMS;

export function problemKind(code: ProblemCode): ProblemKind {
  return PROBLEMS[code];
}

/** The one error that services throw on purpose. One filter answers it as RFC 9457; nothing else knows HTTP statuses. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly params: ProblemParams;
  readonly errors: readonly ProblemDetail[];

  constructor(
    readonly code: ProblemCode,
    options: { params?: ProblemParams; errors?: readonly ProblemDetail[]; cause?: unknown } = {},
  ) {
    super(code, { cause: options.cause });
    this.params = options.params ?? {};
    this.errors = options.errors ?? [];
  }
}
