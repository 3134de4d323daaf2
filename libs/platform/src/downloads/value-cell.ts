import type { Language } from '@muster/contracts';
import { formatValue, type CellValue, type FieldSchema } from '@muster/import-model';
import type { CellKind, OutputCell, TableFormat } from '@muster/tabular';
import { writableText } from './writable-text.js';

/** For whom a file is made, and as what. */
export interface FileTarget {
  readonly format: TableFormat;
  readonly language: Language;
}

/**
 * A value as a cell that an import reads back as the same value. Numbers and dates of a workbook are such, and stand in CSV
 * as people of the language write them; yes, no and the values of selections are words of the language.
 */
export function valueCell(field: FieldSchema, value: CellValue, target: FileTarget): OutputCell {
  const { format, language } = target;
  if (value === null) return null;
  const kind = valueKind(field, target);
  if (typeof value === 'number' && kind === 'number') return value;
  if (kind === 'date' || kind === 'dateTime') return { text: String(value), kind };
  return writableText(formatValue(field, value, language), format);
}

export function valueKind({ type }: FieldSchema, { format }: Pick<FileTarget, 'format'>): CellKind {
  if (format === 'csv') return 'text';
  if (type === 'date' || type === 'dateTime') return type;
  return type === 'integer' || type === 'number' || type === 'minutes' ? 'number' : 'text';
}
