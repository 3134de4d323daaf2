import { message, type Language, type RowProblem } from '@muster/contracts';

/** Where a row stands in what was sent. */
export interface RowPlace {
  /** Number of the part, from 1; absent: the file was sent as a whole. */
  readonly part?: number;
  /** As in the file or the part. */
  readonly row: number;
}

/** What was added to the row numbers of a file, and of each of its parts; null: it has none. */
export interface RowOffsets {
  readonly rowOffset: number;
  readonly partOffsets: readonly number[] | null;
}

const IN_PART = { en: 'part {part} row {row}', de: 'Teil {part} Zeile {row}' };

/** Tells the row numbers of an import, which are unique in it, as people count rows: in their file, or in its parts. */
export class RowPlaces {
  private readonly files: readonly { readonly offset: number; readonly part?: number }[];

  /** @param read files in the order of their row numbers */
  constructor(...read: readonly RowOffsets[]) {
    this.files = read.flatMap(({ rowOffset, partOffsets }) =>
      partOffsets ? partOffsets.map((offset, i) => ({ offset, part: i + 1 })) : [{ offset: rowOffset }],
    );
  }

  of(row: number): RowPlace {
    const { offset = 0, part } = this.files.findLast((file) => file.offset < row) ?? {};
    return { ...(part !== undefined && { part }), row: row - offset };
  }

  /** What a problem says, where it names other rows. */
  named({ params = {} }: Pick<RowProblem, 'params'>, language: Language): NonNullable<RowProblem['params']> {
    if (typeof params['rows'] !== 'string') return params;
    const rows = params['rows'].split(', ').map((text) => {
      const { part, row } = this.of(Number(text));
      return part === undefined ? `${row}` : message(IN_PART, { part, row }, language);
    });
    return { ...params, rows: rows.join(', ') };
  }
}

/** Of an import of one file. */
export const WHOLE_FILE = new RowPlaces({ rowOffset: 0, partOffsets: null });
