import type { ColumnOptions } from 'typeorm';
import { generatedColumn } from '@muster/persistence';

/** The column of what records are found by: the texts of some columns, folded as searches are (see docs/adr/0022). */
export function foundBy(...columns: readonly string[]): ColumnOptions {
  const texts = columns.map((column) => `coalesce(${column}, '')`);
  return { ...generatedColumn('found_by', `search_fold(${texts.join(" || ' ' || ")})`), select: false };
}
