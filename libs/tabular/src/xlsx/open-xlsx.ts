import { TabularError } from '../tabular-error.js';
import type { ReadOptions, SheetBatch, SheetInfo, Table, TableContext } from '../table.js';
import type { Archive } from '../zip/archive.js';
import { PackageParts } from './package-parts.js';
import { readSharedStrings } from './read-shared-strings.js';
import { readSheet } from './read-sheet.js';
import type { SharedStrings } from './shared-strings.js';
import { readStyles } from './styles.js';
import type { NumberFormat } from './number-format.js';
import { readWorkbook, type Workbook, type WorkbookSheet } from './workbook.js';
import { unreadable } from './xlsx-error.js';

/**
 * Opens an Excel workbook (.xlsx, .xlsm, both kinds of Office Open XML). Shared strings are read with the first sheet.
 * Closing the table closes the archive; when opening fails, the archive stays open.
 *
 * @throws TabularError no_sheets, unsupported_format, doctype_forbidden, file_unreadable, what the archive refuses
 */
export async function openXlsx(archive: Archive, context: TableContext): Promise<Table> {
  const workbook = await readWorkbook(archive, new PackageParts(archive));
  return new XlsxTable(archive, context, workbook, await readStyles(archive, workbook.styles));
}

class XlsxTable implements Table {
  readonly format = 'xlsx';
  readonly sheets: readonly SheetInfo[];
  private strings: SharedStrings | undefined;
  private isClosed = false;

  constructor(
    private readonly archive: Archive,
    private readonly context: TableContext,
    private readonly workbook: Workbook,
    private readonly formats: readonly NumberFormat[],
  ) {
    this.sheets = workbook.sheets.map(({ name, hidden }) => ({ name, hidden }));
  }

  get size(): number {
    return this.archive.size;
  }

  async *read({ sheet: name, signal }: ReadOptions = {}): AsyncGenerator<SheetBatch, void, void> {
    signal?.throwIfAborted();
    const { archive, context, formats, workbook } = this;
    const { entry } = this.sheetOf(name);
    if (!entry) throw unreadable('the part of a sheet is missing');
    const strings = await this.sharedStrings(signal);
    const { date1904 } = workbook;
    yield* readSheet(archive, entry, { limits: context.limits, formats, date1904, strings }, signal);
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.strings?.close();
    this.strings = undefined;
    await this.archive.close();
  }

  private async sharedStrings(signal: AbortSignal | undefined): Promise<SharedStrings | undefined> {
    const entry = this.workbook.sharedStrings;
    if (this.strings || !entry) return this.strings;
    const read = await readSharedStrings(this.archive, entry, this.context, signal);
    // Meanwhile another may have read them, or have closed the table.
    if (this.strings === undefined && !this.isClosed) this.strings = read;
    else read.close();
    return this.strings;
  }

  private sheetOf(name: string | undefined): WorkbookSheet {
    const { sheets } = this.workbook;
    const found =
      name === undefined
        ? (sheets.find(({ hidden }) => !hidden) ?? sheets[0])
        : sheets.find((sheet) => sheet.name === name);
    if (found) return found;
    throw new TabularError('sheet_not_found', {
      sheet: name ?? '',
      sheets: sheets.map((sheet) => sheet.name).join(', '),
    });
  }
}
