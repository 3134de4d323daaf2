import { tmpdir } from 'node:os';
import { closable } from './closable-table.js';
import { openCsv, type CsvOverrides } from './csv/open-csv.js';
import { recogniseFormat } from './format/recognise-format.js';
import { DEFAULT_LIMITS, type TableLimits } from './limits.js';
import { openOds } from './ods/open-ods.js';
import type { ByteSource } from './source/byte-source.js';
import { bytesSource } from './source/bytes-source.js';
import { fileSource } from './source/file-source.js';
import type { Table, TableContext } from './table.js';
import { TabularError } from './tabular-error.js';
import { openXlsx } from './xlsx/open-xlsx.js';

export interface OpenTableOptions {
  /** What differs from `DEFAULT_LIMITS`. */
  readonly limits?: Partial<TableLimits> | undefined;
  /** What somebody knows better than can be recognised. */
  readonly csv?: CsvOverrides | undefined;
  /** Where parts that are too large for the memory may be kept while the table is open. Preset: that of the system. */
  readonly temporaryFolder?: string | undefined;
}

/**
 * Opens a file as a table, by what it contains: XLSX, ODS, or text for everything that is no other known format.
 *
 * @param source path of a file, the bytes of one, or where to read them; a `ByteSource` belongs to the table from here
 * on, which closes it, also when the file is refused
 * @throws TabularError when the file is refused; errors of the source itself (a path that does not exist) as they are
 */
export async function openTable(
  source: string | Uint8Array | ByteSource,
  options: OpenTableOptions = {},
): Promise<Table> {
  const bytes = closedOnce(await toSource(source));
  const context: TableContext = {
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    temporaryFolder: options.temporaryFolder ?? tmpdir(),
  };
  try {
    return closable(await open(bytes, context, options.csv));
  } catch (error) {
    await bytes.close();
    throw error;
  }
}

async function open(source: ByteSource, context: TableContext, csv: CsvOverrides = {}): Promise<Table> {
  const limit = context.limits.fileBytes;
  if (source.size > limit) throw new TabularError('file_too_large', { limit, bytes: source.size });
  const recognised = await recogniseFormat(source, context.limits);
  switch (recognised.format) {
    case 'xlsx':
      return openXlsx(recognised.archive, context);
    case 'ods':
      return openOds(recognised.archive, context);
    case 'csv':
      return openCsv(source, context, csv);
  }
}

async function toSource(source: string | Uint8Array | ByteSource): Promise<ByteSource> {
  if (typeof source === 'string') return fileSource(source);
  return source instanceof Uint8Array ? bytesSource(source) : source;
}

/** So that whoever gives up may close the source, whether somebody has done so or not. */
function closedOnce(source: ByteSource): ByteSource & { close(): Promise<void> } {
  let closed: Promise<void> | undefined;
  return {
    size: source.size,
    read: (offset, length) => source.read(offset, length),
    close: () => (closed ??= source.close?.() ?? Promise.resolve()),
  };
}
