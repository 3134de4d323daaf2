import type { ReadOptions, SheetBatch, SheetInfo, Table, TableContext } from '../table.js';
import { TabularError } from '../tabular-error.js';
import type { Archive, ArchiveEntry } from '../zip/archive.js';
import { SheetList } from './list-sheets.js';
import { claimsOneSheet } from './one-sheet.js';
import { readSheet } from './read-sheet.js';

/**
 * Opens a spreadsheet in OpenDocument format. The table closes the archive with itself; when opening fails, the archive
 * stays open.
 *
 * The names of the sheets stand all over the content, which hence is unpacked once to list them. A large file that says
 * it has one sheet only is believed; if it has more, they are in the list as soon as one was asked for, or the first was
 * read to its end.
 *
 * @throws TabularError file_unreadable, file_encrypted, unsupported_format (another OpenDocument format), no_sheets,
 * doctype_forbidden, wrong_encoding, and the limits of unpacking
 */
export async function openOds(archive: Archive, context: TableContext): Promise<Table> {
  const content = archive.entries.get('content.xml');
  if (!content) throw new TabularError('file_unreadable', { format: 'ODS', reason: 'content.xml is missing' });
  const firstOnly = await claimsOneSheet(archive, content);
  const sheets = await listSheets(archive, content, firstOnly);
  if (sheets.length === 0) throw new TabularError('no_sheets');
  return new OdsTable(archive, content, context, sheets, !firstOnly);
}

async function listSheets(
  archive: Archive,
  content: ArchiveEntry,
  firstOnly: boolean,
  signal?: AbortSignal,
): Promise<SheetInfo[]> {
  const list = new SheetList();
  for await (const chunk of archive.stream(content, signal)) {
    list.push(chunk, false);
    if (firstOnly && list.sheets.length > 0) return list.sheets;
  }
  list.push(new Uint8Array(), true);
  return list.sheets;
}

class OdsTable implements Table {
  readonly format = 'ods';

  constructor(
    private readonly archive: Archive,
    private readonly content: ArchiveEntry,
    private readonly context: TableContext,
    readonly sheets: SheetInfo[],
    private isListed: boolean,
  ) {}

  get size(): number {
    return this.archive.size;
  }

  async *read({ sheet, signal }: ReadOptions = {}): AsyncGenerator<SheetBatch, void, void> {
    signal?.throwIfAborted();
    const index = await this.indexOf(sheet, signal);
    const { archive, content, sheets } = this;
    const isLast = index === sheets.length - 1;
    const hasMore = yield* readSheet({ archive, content, index, isLast, signal }, this.context.limits);
    if (hasMore) await this.list(signal);
  }

  close(): Promise<void> {
    return this.archive.close();
  }

  private async indexOf(wanted: string | undefined, signal: AbortSignal | undefined): Promise<number> {
    const { sheets } = this;
    if (wanted === undefined)
      return Math.max(
        0,
        sheets.findIndex(({ hidden }) => !hidden),
      );
    const named = (): number => sheets.findIndex(({ name }) => name === wanted);
    if (named() < 0) await this.list(signal);
    const index = named();
    if (index >= 0) return index;
    throw new TabularError('sheet_not_found', { sheet: wanted, sheets: sheets.map(({ name }) => name).join(', ') });
  }

  /** Adds the sheets that were not looked for. */
  private async list(signal: AbortSignal | undefined): Promise<void> {
    if (this.isListed) return;
    const all = await listSheets(this.archive, this.content, false, signal);
    this.sheets.splice(0, this.sheets.length, ...all);
    this.isListed = true;
  }
}
