import type { ImportConfiguration } from '@muster/import-model';
import type { SourceSettings } from '../uploads/source-settings.js';
import type { UploadReader } from '../uploads/upload-reader.js';
import type { Upload } from '../uploads/upload.entity.js';

/**
 * How an import reads its file: what was recognised in it, overridden by what the configuration says, with the columns that
 * the file has when it is read so. Configurations are checked, rows staged and results written by this one reading.
 */
export async function effectiveSource(
  reader: UploadReader,
  upload: Upload,
  configuration: ImportConfiguration,
): Promise<SourceSettings> {
  const { encoding, delimiter, headerRow } = { ...upload.source, ...configuration.source };
  const source = { ...upload.source, encoding, delimiter, headerRow };
  const key = { companyId: upload.companyId, uploadId: upload.id };
  const { columns } = await reader.recognise(key, { ...upload, utf8: 'ascii' }, source);
  return { ...source, columns };
}
