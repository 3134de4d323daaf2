import type { EarlierImport } from './upload.repository.js';
import { SourceOverridesDto } from './source-overrides.dto.js';
import type { Upload } from './upload.entity.js';

/** How the file is read unless a configuration says otherwise. */
export class RecognisedSource {
  /** @example csv */
  format!: string;
  /** @example utf-8 */
  encoding!: string;
  /** @example ; */
  delimiter!: string;
  /** @example " */
  quote!: string;
  /** Record number of the header, from 1. @example 1 */
  headerRow!: number;
  /** Header texts in file order. @example ["Rep", "Customer no.", "Name"] */
  columns!: string[];
}

export class EarlierImportDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** @example completed */
  state!: string;
  createdAt!: Date;
}

export class UploadDto {
  /** @example 0193d2a1c4f07b6e8a1f2c3d4e5f6071 */
  id!: string;
  /** @example customers.csv */
  fileName!: string;
  /** Bytes. @example 1482211 */
  size!: number;
  /** Lower-case hexadecimal. */
  sha256!: string;
  /** Data rows that are not blank. @example 10000 */
  rows!: number;
  source!: RecognisedSource;
  /** Imports of files with the same content, newest first. */
  earlierImports!: EarlierImportDto[];
  createdAt!: Date;
}

export class PreviewRow {
  /** Row number in the file. @example 2 */
  row!: number;
  cells!: string[];
}

export class UploadPreviewDto {
  source!: RecognisedSource;
  /** The first rows as they will be read. */
  rows!: PreviewRow[];
}

/** The multipart form of an upload, for the API document; it is read as a stream. */
export class UploadForm extends SourceOverridesDto {
  /** The CSV file. */
  file!: string;
}

export function uploadDto(upload: Upload, earlierImports: EarlierImport[]): UploadDto {
  const { id, fileName, byteSize: size, sha256, rowCount: rows, source, createdAt } = upload;
  return {
    id,
    fileName,
    size,
    sha256,
    rows,
    source: { ...source, columns: [...source.columns] },
    earlierImports,
    createdAt,
  };
}
