import { TabularError } from '../tabular-error.js';

export const CSV_ENCODINGS = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'utf-32le',
  'utf-32be',
  'windows-1252',
  'iso-8859-1',
  'iso-8859-15',
] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];

/** @throws TabularError file_unreadable */
export function csvEncoding(name: string): CsvEncoding {
  const encoding = CSV_ENCODINGS.find((known) => known === name.toLowerCase());
  if (!encoding) throw new TabularError('file_unreadable', { format: 'CSV', reason: `unknown encoding ${name}` });
  return encoding;
}

/** Byte order marks; those of UTF-32 come first, since the one of UTF-16 little endian begins like one of them. */
const MARKS: readonly (readonly [encoding: CsvEncoding, bytes: readonly number[]])[] = [
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** The encoding whose byte order mark a file begins with. */
export function markedEncoding(head: Uint8Array): CsvEncoding | undefined {
  return MARKS.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte))?.[0];
}
