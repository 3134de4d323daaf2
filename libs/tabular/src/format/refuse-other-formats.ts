import { TabularError } from '../tabular-error.js';
import { binaryFormat } from './binary-formats.js';
import { isCompoundFile } from './compound-file.js';
import { markupFormat } from './markup-formats.js';
import { isZip, probablePackage } from './zip-head.js';

/** How much of a file has to be looked at, in bytes. */
export const HEAD_LENGTH = 16 * 1024;

/**
 * For who reads text and has no more than the beginning of a file.
 *
 * @throws TabularError unsupported_format when it is that of another format, whatever the file's name says
 */
export function refuseOtherFormats(head: Uint8Array): void {
  const text = headText(head);
  const format = isZip(text) ? probablePackage(text) : isCompoundFile(text) ? compound(head) : refusedByHead(text);
  if (format !== undefined) throw new TabularError('unsupported_format', { format });
}

/** The name of the format when it is neither text nor a container that has to be looked into. */
export function refusedByHead(head: string): string | undefined {
  return binaryFormat(head) ?? markupFormat(head);
}

/** The beginning as Latin-1: one character for each byte. */
export function headText(head: Uint8Array): string {
  return Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, HEAD_LENGTH)).toString('latin1');
}

/** Excel wraps a workbook with a password into the container of its old format. */
function compound(head: Uint8Array): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  return bytes.includes('EncryptedPackage', 0, 'utf16le') ? 'XLSX (password)' : 'XLS';
}
