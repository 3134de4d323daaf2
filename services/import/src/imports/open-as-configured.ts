import type { ImportConfiguration } from '@muster/import-model';
import type { OpenedUpload } from '../uploads/opened-upload.js';
import type { SourceOverrides } from '../uploads/source-settings.js';
import type { UploadReader } from '../uploads/upload-reader.js';
import type { Upload } from '../uploads/upload.entity.js';

/**
 * Opens the file of an import: as was recognised in it, overridden by what the configuration says, with the columns that
 * the file has when it is read so. Configurations are checked, rows staged and results written by this one reading.
 */
export function openAsConfigured(
  reader: UploadReader,
  upload: Upload,
  { source = {} }: Pick<ImportConfiguration, 'source'>,
): Promise<OpenedUpload> {
  const key = { companyId: upload.companyId, uploadId: upload.id };
  return reader.open(key, overridden(upload.source, source));
}

/** Where the header stands was recognised in another sheet: it is looked for anew. */
function overridden(recognised: SourceOverrides, said: SourceOverrides): SourceOverrides {
  const { encoding, delimiter, quote, sheet } = recognised;
  const isSameSheet = said.sheet === undefined || said.sheet === sheet;
  return {
    encoding: said.encoding ?? encoding,
    delimiter: said.delimiter ?? delimiter,
    quote,
    sheet: said.sheet ?? sheet,
    headerRow: said.headerRow ?? (isSameSheet ? recognised.headerRow : undefined),
    firstDataRow: said.firstDataRow,
    decimalSeparator: said.decimalSeparator,
    dateFormat: said.dateFormat,
  };
}
