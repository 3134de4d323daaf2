import { TabularError } from '../tabular-error.js';

const SIGNATURES: readonly (readonly [format: string, bytes: readonly number[]])[] = [
  ['PDF', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['RTF', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['GZIP', [0x1f, 0x8b]],
  ['PNG', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG', [0xff, 0xd8, 0xff]],
];
const ZIP = [0x50, 0x4b];
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0];
const MARKUP: readonly (readonly [format: string, beginnings: readonly string[]])[] = [
  ['HTML', ['<!doctype html', '<html', '<head', '<body', '<table', '<meta']],
  ['XML', ['<?xml']],
];

/** @throws TabularError unsupported_format when the beginning of a file is that of another format, whatever its name says */
export function refuseOtherFormats(head: Uint8Array): void {
  const format = otherFormat(head);
  if (format !== undefined) throw new TabularError('unsupported_format', { format });
}

function otherFormat(head: Uint8Array): string | undefined {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  if (startsWith(head, ZIP) && [0x0304, 0x0506, 0x0708].includes(bytes.length >= 4 ? bytes.readUInt16BE(2) : 0)) {
    return zipFormat(bytes);
  }
  // Excel wraps a workbook with a password into the container of its old format.
  if (startsWith(head, COMPOUND_FILE)) {
    return bytes.includes('EncryptedPackage', 0, 'utf16le') ? 'XLSX (password)' : 'XLS';
  }
  const binary = SIGNATURES.find(([, signature]) => startsWith(head, signature));
  if (binary) return binary[0];
  const text = bytes
    .toString('latin1', 0, 1024)
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .toLowerCase();
  return MARKUP.find(([, beginnings]) => beginnings.some((beginning) => text.startsWith(beginning)))?.[0];
}

function zipFormat(bytes: Buffer): string {
  if (bytes.includes('opendocument.spreadsheet')) return 'ODS';
  if (bytes.includes('word/')) return 'DOCX';
  return bytes.includes('xl/') || bytes.includes('[Content_Types].xml') ? 'XLSX' : 'ZIP';
}

function startsWith(head: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, i) => head[i] === byte);
}
