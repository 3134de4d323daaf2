import { TabularError } from '../tabular-error.js';

export const CSV_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-1', 'iso-8859-15'] as const;
export type CsvEncoding = (typeof CSV_ENCODINGS)[number];

/** @throws TabularError file_unreadable */
export function csvEncoding(name: string): CsvEncoding {
  const encoding = CSV_ENCODINGS.find((known) => known === name.toLowerCase());
  if (!encoding) throw new TabularError('file_unreadable', { format: 'CSV', reason: `unknown encoding ${name}` });
  return encoding;
}
