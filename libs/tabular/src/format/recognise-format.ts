import type { TableLimits } from '../limits.js';
import type { ByteSource } from '../source/byte-source.js';
import { TabularError } from '../tabular-error.js';
import type { Archive } from '../zip/archive.js';
import { openArchive } from '../zip/open-archive.js';
import { binaryFormat } from './binary-formats.js';
import { compoundFormat, isCompoundFile } from './compound-file.js';
import { markupFormat } from './markup-formats.js';
import { packageFormat } from './package-format.js';
import { isZip, probablePackage } from './zip-head.js';

/** How much of a file has to be looked at, in bytes. */
const HEAD_LENGTH = 16 * 1024;

export type RecognisedFormat =
  | { readonly format: 'csv' }
  /** The archive is open; whoever takes it closes it. */
  | { readonly format: 'xlsx' | 'ods'; readonly archive: Archive };

/**
 * Tells what a file is by what it contains; its name says nothing. Text of any kind is `csv`.
 *
 * @throws TabularError file_empty, file_encrypted, file_unreadable, unsupported_format with the name of the format, and
 * those of an archive beyond the limits. The source stays open.
 */
export async function recogniseFormat(source: ByteSource, limits: TableLimits): Promise<RecognisedFormat> {
  if (source.size === 0) throw new TabularError('file_empty');
  const head = asLatin1(await source.read(0, HEAD_LENGTH));
  if (isZip(head)) return recognisePackage(source, limits, head);
  const format = isCompoundFile(head) ? await compoundFormat(source) : (binaryFormat(head) ?? markupFormat(head));
  if (format !== undefined) throw refusal(format);
  return { format: 'csv' };
}

async function recognisePackage(source: ByteSource, limits: TableLimits, head: string): Promise<RecognisedFormat> {
  const probable = probablePackage(head);
  const archive = await openArchive(source, limits, probable === 'XLSX' || probable === 'ODS' ? probable : 'ZIP');
  const format = await packageFormat(archive);
  if (format !== 'xlsx' && format !== 'ods') throw refusal(format);
  archive.faults.format = format === 'xlsx' ? 'XLSX' : 'ODS';
  return { format, archive };
}

/** One character for each byte. */
function asLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function refusal(format: string): TabularError {
  return format === 'encrypted'
    ? new TabularError('file_encrypted')
    : new TabularError('unsupported_format', { format });
}
