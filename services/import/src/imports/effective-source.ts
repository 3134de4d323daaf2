import type { ImportConfiguration } from '@muster/import-model';
import type { SourceSettings } from '../uploads/source-settings.js';
import type { UploadReader } from '../uploads/upload-reader.js';
import type { Upload } from '../uploads/upload.entity.js';

/**
 * What was recognised in the file, overridden by what the configuration says. Its columns are those of the recognition: see
 * {@link sourceWithItsColumns}.
 */
export function effectiveSource(recognised: SourceSettings, { source = {} }: ImportConfiguration): SourceSettings {
  return {
    ...recognised,
    encoding: source.encoding ?? recognised.encoding,
    delimiter: source.delimiter ?? recognised.delimiter,
    headerRow: source.headerRow ?? recognised.headerRow,
  };
}

/** Whether the header must be read again because the configuration reads the file another way. */
export function readsAnotherWay(recognised: SourceSettings, effective: SourceSettings): boolean {
  const { encoding, delimiter, headerRow } = effective;
  return recognised.encoding !== encoding || recognised.delimiter !== delimiter || recognised.headerRow !== headerRow;
}

/** How an import reads its file, with the columns that the file has when it is read so. */
export async function sourceWithItsColumns(
  reader: UploadReader,
  upload: Upload,
  configuration: ImportConfiguration,
): Promise<SourceSettings> {
  const source = effectiveSource(upload.source, configuration);
  const key = { companyId: upload.companyId, uploadId: upload.id };
  const { columns } = await reader.recognise(key, { ...upload, utf8: 'ascii' }, source);
  return { ...source, columns };
}
