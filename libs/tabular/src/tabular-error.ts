export type TabularErrorCode =
  | 'file_empty'
  | 'no_data_rows'
  | 'unsupported_format'
  | 'file_unreadable'
  | 'wrong_encoding'
  | 'unbalanced_quotes'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'cell_too_long';

/** Why a file is no table that can be read. `params` say where and by how much; `message` is for logs. */
export class TabularError extends Error {
  override readonly name = 'TabularError';

  constructor(
    readonly code: TabularErrorCode,
    readonly params: Readonly<Record<string, string | number>> = {},
    options?: ErrorOptions,
  ) {
    super(`${code} ${JSON.stringify(params)}`, options);
  }
}
