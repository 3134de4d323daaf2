import { PassThrough, type Readable } from 'node:stream';
import ExcelJS from 'exceljs';

/** What exceljs writes: text, or a buffer of its own that it uses again at once. */
type Written = string | { toBuffer(): Buffer };

/** The part of a workbook as exceljs sees it. */
class Part {
  constructor(private readonly stream: PassThrough) {}

  write(chunk: Written): void {
    this.stream.write(typeof chunk === 'string' ? chunk : Buffer.from(chunk.toBuffer()));
  }

  end(): void {
    this.stream.end();
  }

  /** exceljs pauses its own kind of stream until it is read; a real one waits by itself. */
  pause(): void {}

  on(event: string, listener: () => void): void {
    if (event === 'zipped') this.stream.on('end', listener);
  }
}

/**
 * The workbook of exceljs on streams that say when they are full. Its own ones never do: of 300,000 rows, 500 MB lay in
 * memory. It writes the frame (styles, validations, notes) as Excel is known to take it. The rows go past it, into the
 * stream of the sheet: in 0.37 of the time, and with blanks and control characters kept.
 *
 * Uses insides of exceljs 4.4, which is not developed any further.
 */
export class StreamingWorkbook extends ExcelJS.stream.xlsx.WorkbookWriter {
  private streams: Map<string, PassThrough> | undefined;

  declare readonly zip: {
    append(source: Readable, entry: { name: string }): void;
    abort(): void;
    on(event: 'error', listener: (error: Error) => void): void;
  };
  declare readonly styles: { addStyleModel(style: Partial<ExcelJS.Style>): number };

  /** What the sheet that was added as the `number`th (from 1) is written to. */
  sheetStream(number: number): PassThrough {
    const stream = this.streams?.get(`/xl/worksheets/sheet${number}.xml`);
    if (!stream) throw new RangeError(`There is no sheet ${number}`);
    return stream;
  }

  abort(): void {
    for (const stream of this.streams?.values() ?? []) stream.destroy();
    this.zip.abort();
  }

  /** Called by exceljs for each part that it streams. */
  _openStream(path: string): Part {
    const stream = new PassThrough();
    // Not at its declaration: exceljs calls this while it is still being constructed.
    this.streams ??= new Map();
    this.streams.set(path, stream);
    this.zip.append(stream, { name: path });
    return new Part(stream);
  }
}

export interface CellNote {
  readonly ref: string;
  readonly text: string;
}

/** Insides of a sheet of exceljs while it is streamed. */
interface SheetInsides {
  readonly dataValidations: { add(range: string, validation: ExcelJS.DataValidation): void };
  readonly _sheetCommentsWriter: { addComments(comments: readonly object[]): void };
  hasComments: boolean;
}

/** For a whole range at once; the door of exceljs has it for single cells only, one object for each. */
export function validateRange(sheet: ExcelJS.Worksheet, range: string, validation: ExcelJS.DataValidation): void {
  insides(sheet).dataValidations.add(range, validation);
}

/** Puts notes at cells of rows that went past exceljs. */
export function addNotes(sheet: ExcelJS.Worksheet, notes: readonly CellNote[]): void {
  if (notes.length === 0) return;
  insides(sheet).hasComments = true;
  insides(sheet)._sheetCommentsWriter.addComments(
    notes.map(({ ref, text }) => ({
      type: 'note',
      ref,
      note: {
        texts: [{ text }],
        margins: { insetmode: 'auto', inset: [0.13, 0.13, 0.25, 0.25] },
        protection: { locked: 'True', lockText: 'True' },
        editAs: 'absolute',
      },
    })),
  );
}

function insides(sheet: ExcelJS.Worksheet): SheetInsides {
  return sheet as unknown as SheetInsides;
}
