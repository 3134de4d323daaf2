import { Problem } from '@muster/contracts';
import type { ImportConfiguration } from '@muster/import-model';
import { writtenAlike } from '../parts/part-columns.js';
import type { SourceFile } from '../parts/part-rules.js';
import type { OpenedUpload } from '../uploads/opened-upload.js';
import { settingsKnown, type SourceOverrides, type SourceSettings } from '../uploads/source-settings.js';
import type { UploadReader } from '../uploads/upload-reader.js';
import type { Upload } from '../uploads/upload.entity.js';

/** What an import's configuration says about its file. */
type Configured = Pick<ImportConfiguration, 'source'>;

/**
 * Opens the file of an import: as was recognised in it, overridden by what the configuration says, with the columns that
 * the file has when it is read so. Configurations are checked, rows staged and results written by this one reading.
 * @throws Problem file_removed, and what is wrong with a file that is read so
 */
export async function openAsConfigured(
  reader: UploadReader,
  upload: Upload,
  { source = {} }: Configured,
): Promise<OpenedUpload> {
  requireFile(upload);
  const key = { companyId: upload.companyId, uploadId: upload.id };
  const known = settingsKnown(upload.source, source);
  return known ? reader.openKnown(key, known) : reader.open(key, overridden(upload.source, source));
}

/**
 * The files of an import one after another, each open only until the next one is asked for.
 * @throws Problem as {@link openAsConfigured}
 */
export async function* filesAsConfigured(
  reader: UploadReader,
  files: readonly SourceFile[],
  configuration: Configured,
): AsyncGenerator<OpenedUpload> {
  for (const { upload } of writtenAlike(files)) {
    const file = await openAsConfigured(reader, upload, configuration);
    try {
      yield file;
    } finally {
      await file.close();
    }
  }
}

/** How the file is read by the configuration, and the columns that it has then. */
export async function sourceAsConfigured(
  reader: UploadReader,
  upload: Upload,
  configuration: Configured,
): Promise<SourceSettings> {
  requireFile(upload);
  const known = settingsKnown(upload.source, configuration.source ?? {});
  if (known) return known;
  const file = await openAsConfigured(reader, upload, configuration);
  await file.close();
  return file.source;
}

/** @throws Problem file_removed when the time of the file, and of the rows of its imports, is over */
export function requireFile({ fileRemovedAt }: Pick<Upload, 'fileRemovedAt'>): void {
  if (fileRemovedAt) throw new Problem('file_removed');
}

/** Where the header stands was recognised in another sheet: it is looked for anew. */
function overridden(recognised: SourceOverrides, said: SourceOverrides): SourceOverrides {
  const { encoding, delimiter, quote, sheet } = recognised;
  const isSameSheet = said.sheet === undefined || said.sheet === sheet;
  return {
    encoding: said.encoding ?? encoding,
    delimiter: said.delimiter ?? delimiter,
    quote: said.quote ?? quote,
    sheet: said.sheet ?? sheet,
    headerRow: said.headerRow ?? (isSameSheet ? recognised.headerRow : undefined),
    firstDataRow: said.firstDataRow,
    decimalSeparator: said.decimalSeparator,
    dateFormat: said.dateFormat,
  };
}
