/** Why a file is no table that can be read. Each stands for one thing to tell a person; `params` have the figures. */
export type TabularErrorCode =
  | 'file_empty'
  | 'no_data_rows'
  /** `format`: what it is instead, such as `XLS`, `XLSB`, `PDF`, `HTML`, `FODS` */
  | 'unsupported_format'
  /** Protected with a password. */
  | 'file_encrypted'
  /** `format`, `reason`: damaged, or not what it says it is; `cut` is `yes` where its end is missing */
  | 'file_unreadable'
  /** `encoding`, `row`: 0 where it stands in no row, but in a part that rows refer to */
  | 'wrong_encoding'
  /** `row`: where the quote opens that is never closed */
  | 'unbalanced_quotes'
  /** `sheet`, `sheets`: the names there are */
  | 'sheet_not_found'
  | 'no_sheets'
  | 'doctype_forbidden'
  /** Of a table that is written: `row`, `column` from 1, `reason`: `character` or `not_a_value_of_its_kind` */
  | 'cell_not_writable'
  /** All that follow: `limit`, and what was seen. */
  | 'file_too_large'
  | 'too_many_rows'
  | 'too_many_columns'
  | 'cell_too_long'
  | 'too_many_entries'
  | 'too_many_shared_strings'
  | 'unpacks_too_large'
  | 'unpack_ratio_too_high';

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
