import type { Language, RowProblem } from '@muster/contracts';
import type { CellValue } from '../schema/field-schema.js';

/** What became of one cell. A warning does not make its row invalid. */
export type CellResult =
  | { readonly ok: true; readonly value: CellValue; readonly warning?: RowProblem }
  | { readonly ok: false; readonly problem: RowProblem };

/** How the file writes its values; what is left out is recognised where that is beyond doubt. */
export interface SourceFormat {
  /**
   * Pattern of dates, `dd.MM.yyyy` or `M/d/yyyy h:mm a`; letters as in `isDatePattern`. ISO dates are always read. Without a
   * pattern `31.12.2026` is read too, `12/31/2026` is not: it could mean either order.
   */
  readonly dateFormat?: string;
  /** Without it a single `,` or `.` is the decimal separator. */
  readonly decimalSeparator?: ',' | '.';
  readonly language?: Language;
  /** IANA name; date-times with an offset become local times of this zone. Without it they are invalid. */
  readonly timeZone?: string;
}

export interface CellOptions {
  /** Takes white space off both ends of texts; values of other types are read without it anyway. Preset: false. */
  readonly trim?: boolean;
  /** Cell text -> text that is read in its place. */
  readonly valueMap?: ReadonlyMap<string, string>;
}

/**
 * What the file itself says about a cell: `text` was written by somebody, all else is a value of a spreadsheet, in the one
 * form that its kind has (`1234.5`, `2026-12-31`), and `error` is one such as `#N/A`.
 */
export type CellKind = 'text' | 'number' | 'percent' | 'date' | 'time' | 'dateTime' | 'boolean' | 'error';

/** @param kind preset: `text` */
export type CellParser = (text: string, kind?: CellKind) => CellResult;
