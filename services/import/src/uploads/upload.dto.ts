import type { Id } from '@muster/contracts';
import type { EarlierImport } from './upload.repository.js';
import { SourceOverridesDto } from './source-overrides.dto.js';
import type { SourceSettings } from './source-settings.js';
import type { Upload } from './upload.entity.js';

/** How the file is read unless a configuration says otherwise. */
export class RecognisedSource {
  /** `csv`, `xlsx` or `ods`. @example csv */
  format!: string;
  /** Of CSV. @example utf-8 */
  encoding?: string;
  /** Of CSV. @example ; */
  delimiter?: string;
  /** Of CSV. @example " */
  quote?: string;
  /** Of a workbook: the sheet that is read. @example Customers */
  sheet?: string;
  /** Of a workbook: sheets that hold something too, and are not read. @example ["Archive"] */
  otherSheets?: string[];
  /** Number of the row that names the columns, from 1; CSV counts records. @example 1 */
  headerRow!: number;
  /** @example 2 */
  firstDataRow!: number;
  /** How texts write numbers: `,` or `.`; absent where nothing tells. @example , */
  decimalSeparator?: string;
  /** How texts write dates; absent where nothing tells beyond doubt. @example M/d/yyyy */
  dateFormat?: string;
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
  /** When its time was over; null: the file is kept, and `GET /v1/uploads/{id}/content` sends it. */
  fileRemovedAt!: Date | null;
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
  /** XLSX, ODS or CSV. */
  file!: string;
}

export function recognisedSource({ otherSheets, columns, ...source }: SourceSettings): RecognisedSource {
  return { ...source, ...(otherSheets && { otherSheets: [...otherSheets] }), columns: [...columns] };
}

/** Where the bytes of an upload are. */
export function contentOf(uploadId: Id): string {
  return `/v1/uploads/${uploadId}/content`;
}

export function uploadDto(upload: Upload, earlierImports: EarlierImport[]): UploadDto {
  const { id, fileName, byteSize: size, sha256, rowCount: rows, source, createdAt, fileRemovedAt } = upload;
  return {
    id,
    fileName,
    size,
    sha256,
    rows,
    source: recognisedSource(source),
    earlierImports,
    createdAt,
    fileRemovedAt,
  };
}
