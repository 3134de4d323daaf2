import type ExcelJS from 'exceljs';
import { columnWidth, formatOfKind, type CellFormat } from '../cell-formats.js';
import { columnName } from '../column-name.js';
import type { OutputCell, OutputColumn, OutputRow } from '../output-cell.js';
import { validSheetName } from '../sheet-name.js';
import type { FormatWriter, FurtherSheet, TableWriterOptions } from '../table-writer.js';
import type { WatchedOutput } from '../watched-output.js';
import { xmlTextOf } from '../xml-characters.js';
import { styleNumbers, styleOf } from './cell-styles.js';
import { ListValidations, plainCell } from './list-validations.js';
import { SheetRows } from './sheet-rows.js';
import { StreamingWorkbook, addNotes, type CellNote } from './streaming-workbook.js';

/** Characters of rows that are collected before they are written. */
const CHUNK = 1 << 16;

/** The frame by exceljs, the rows by {@link SheetRows}. */
export class XlsxTableWriter implements FormatWriter {
  private readonly workbook: StreamingWorkbook;
  private readonly sheet: ExcelJS.Worksheet;
  private readonly rows: SheetRows;
  private readonly lists: ListValidations;
  private readonly columns: readonly OutputColumn[];
  private readonly notes: CellNote[] = [];
  private xml = '';

  constructor(
    private readonly output: WatchedOutput,
    private readonly options: TableWriterOptions,
  ) {
    const { columns = [], language = 'en', properties = {}, sheetName = '' } = options;
    this.columns = columns;
    this.workbook = new StreamingWorkbook({ stream: output.stream, useStyles: true, zip: { zlib: { level: 6 } } });
    this.workbook.zip.on('error', (error) => output.fail(error));
    this.workbook.creator = this.workbook.lastModifiedBy = xmlTextOf(properties.creator ?? '');
    this.workbook.title = xmlTextOf(properties.title ?? '');
    this.workbook.created = this.workbook.modified = properties.created ?? new Date();
    const name = validSheetName(sheetName, language === 'de' ? 'Tabelle' : 'Table');
    this.sheet = this.workbook.addWorksheet(name, {
      views: options.columns ? [{ state: 'frozen', ySplit: 1 }] : [],
    });
    const formats = columns.map(({ kind = 'text' }) => formatOfKind(kind));
    this.rows = new SheetRows(formats, styleNumbers(this.workbook, language));
    this.lists = new ListValidations(columns, freeName(name));
    this.begin(formats, language);
  }

  async write(rows: Iterable<OutputRow>): Promise<void> {
    for (const row of rows) {
      this.xml += this.rows.xml(row);
      if (this.xml.length >= CHUNK) await this.flush();
    }
  }

  async end(): Promise<void> {
    await this.flush();
    addNotes(this.sheet, this.notes);
    this.lists.addTo(this.sheet);
    if (this.options.columns && this.columns.length > 0) {
      this.sheet.autoFilter = `A1:${columnName(this.columns.length - 1)}${this.rows.order.row}`;
    }
    this.sheet.commit();
    for (const further of this.options.further ?? []) this.addFurther(further);
    if (this.lists.needsSheet) {
      const sheet = this.workbook.addWorksheet(freeName(this.sheet.name), { state: 'hidden' });
      this.lists.fill(sheet);
      sheet.commit();
    }
    const committed = this.workbook.commit();
    // The output tells of every failure: also of those that exceljs never hears of, and of those that only exceljs knows.
    committed.catch((error: unknown) =>
      this.output.fail(error instanceof Error ? error : new Error('exceljs failed', { cause: error })),
    );
    await this.output.finished();
  }

  abort(): void {
    this.workbook.abort();
  }

  /** Header and formats of the columns by exceljs; an empty row makes it open the sheet for rows. */
  private begin(formats: readonly CellFormat[], language: 'de' | 'en'): void {
    if (this.options.columns) {
      this.sheet.columns = this.columns.map((outputColumn, column) => ({
        width: columnWidth(outputColumn),
        style: styleOf(formats[column] ?? 'text', undefined, language),
      }));
      const headers = this.columns.map(({ header }) => header);
      // Held to what holds for any row.
      this.rows.xml(headers);
      const row = this.sheet.addRow(headers.map(plainCell));
      row.font = { bold: true };
      row.commit();
    } else this.sheet.addRow([]).commit();
  }

  /** Rows of these sheets are few: exceljs writes them. */
  private addFurther({ sheetName, columns, rows }: FurtherSheet): void {
    const { language = 'en' } = this.options;
    const sheet = this.workbook.addWorksheet(validSheetName(sheetName, sheetName), {
      views: [{ state: 'frozen', ySplit: 1 }],
    });
    sheet.columns = columns.map((column) => ({
      width: columnWidth(column),
      style: styleOf(formatOfKind(column.kind ?? 'text'), undefined, language),
    }));
    const header = sheet.addRow(columns.map(({ header: text }) => plainCell(text)));
    header.font = { bold: true };
    header.commit();
    for (const row of rows) sheet.addRow(row.map(simpleCell)).commit();
    sheet.commit();
  }

  private async flush(): Promise<void> {
    const { xml, rows } = this;
    this.xml = '';
    this.notes.push(...rows.notes);
    rows.notes = [];
    if (xml !== '') await this.output.put(xml, this.workbook.sheetStream(1));
  }
}

function simpleCell(cell: OutputCell): ExcelJS.CellValue {
  if (typeof cell === 'number' || typeof cell === 'boolean') return cell;
  return plainCell(typeof cell === 'object' ? cell?.text : cell);
}

function freeName(taken: string): string {
  return taken.toLowerCase() === 'lists' ? 'Lists2' : 'Lists';
}
