import type { Language } from '@muster/contracts';
import {
  BYTE_ORDER_MARK,
  formatCsvRow,
  delimiterOf,
  type CellKind,
  type RowBatch,
  type TableRow,
} from '@muster/tabular';
import type { SourceSettings } from '../uploads/source-settings.js';
import { problemDto } from './row.dto.js';
import type { RowFate, RowResult } from './answers-in-row-order.js';

type ResultOfRow = Omit<RowResult, 'repNo'>;

export type ResultKind = 'successful' | 'failed' | 'unprocessed';

const KIND_OF: Record<RowFate, ResultKind> = {
  created: 'successful',
  updated: 'successful',
  unchanged: 'successful',
  ignored: 'failed',
  invalid: 'failed',
  failed: 'failed',
  unprocessed: 'unprocessed',
};

const NUMBERS: ReadonlySet<CellKind> = new Set(['number', 'percent']);

const HEADERS: Record<ResultKind, Record<Language, readonly string[]>> = {
  successful: { en: ['Row', 'Outcome', 'Record id'], de: ['Zeile', 'Ergebnis', 'Datensatz-ID'] },
  failed: { en: ['Code', 'Field', 'Message'], de: ['Code', 'Feld', 'Meldung'] },
  unprocessed: { en: ['Row'], de: ['Zeile'] },
};

/**
 * The rows of one kind with their original columns, unchanged, and what became of them behind: lines of CSV. The file can
 * be corrected and sent as it is. Both inputs come in the order of the file. A row without a result is unprocessed, so that
 * every row of the file is in the file of one kind.
 */
export async function* resultFile(
  source: Pick<SourceSettings, 'columns' | 'decimalSeparator'>,
  batches: AsyncIterable<RowBatch>,
  results: AsyncIterable<RowResult>,
  kind: ResultKind,
  language: Language,
): AsyncGenerator<string> {
  const options = { delimiter: delimiterOf(language) };
  yield BYTE_ORDER_MARK + formatCsvRow([...source.columns, ...HEADERS[kind][language]], options);
  const resultIterator = results[Symbol.asyncIterator]();
  let next = await resultIterator.next();
  for await (const { rows } of batches) {
    let lines = '';
    for (const tableRow of rows) {
      const { row } = tableRow;
      while (!next.done && next.value.row < row) next = await resultIterator.next();
      const result: ResultOfRow = !next.done && next.value.row === row ? next.value : { row, outcome: 'unprocessed' };
      if (KIND_OF[result.outcome] !== kind) continue;
      lines += formatCsvRow([...asTexts(tableRow, source), ...extraCells(result, kind, language)], options);
    }
    if (lines) yield lines;
  }
}

/** Numbers of a spreadsheet as the texts of the file write theirs, so that they are read alike when they come back. */
function asTexts({ cells, kinds }: TableRow, { decimalSeparator }: Pick<SourceSettings, 'decimalSeparator'>): string[] {
  if (!kinds || decimalSeparator !== ',') return cells;
  return cells.map((cell, i) => (NUMBERS.has(kinds[i] ?? 'text') ? cell.replace('.', ',') : cell));
}

function extraCells(result: ResultOfRow, kind: ResultKind, language: Language): string[] {
  if (kind === 'successful') return [String(result.row), result.outcome, result.recordId ?? ''];
  if (kind === 'unprocessed') return [String(result.row)];
  const problems = (result.problems ?? []).map((problem) => problemDto(problem, language));
  const join = (pick: (problem: (typeof problems)[number]) => string | undefined) =>
    problems.map((problem) => pick(problem) ?? '').join('; ');
  return [join(({ code }) => code), join(({ column, field }) => column ?? field), join(({ message }) => message)];
}
