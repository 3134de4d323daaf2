import type { Language, Texts } from '@muster/contracts';
import { findColumn } from '@muster/import-model';
import type { CellKind, OutputCell, OutputRow, RowBatch, TableFormat, TableRow } from '@muster/tabular';
import type { Fate } from '../plans/changed-since-plan.js';
import type { SourceSettings } from '../uploads/source-settings.js';
import type { RowFate, RowResult } from './answers-in-row-order.js';
import { problemDto, type RowProblemDto } from './row.dto.js';
import { WHOLE_FILE } from './row-places.js';

type ResultOfRow = Omit<RowResult, 'repNo'>;

export type ResultKind = 'successful' | 'failed' | 'unprocessed';

export interface ResultFileOptions {
  readonly kind: ResultKind;
  readonly format: TableFormat;
  /** Of headers and messages. */
  readonly language: Language;
  /** What people call a field that no column feeds. Preset: its id. */
  readonly labelOf?: (field: string) => string;
  /** Says what the plan showed: rows of the import became otherwise. Absent: there are none. */
  readonly plannedText?: ((planned: Fate) => string) | undefined;
}

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

const PART: Record<Language, string> = { en: 'Part', de: 'Teil' };
const PLAN_SHOWED: Texts = { en: 'Plan showed', de: 'Vorschau zeigte' };

/** The columns of a result file: those of the file, and behind them what became of the row. */
export function resultHeaders(
  columns: readonly string[],
  { kind, language, plannedText }: ResultFileOptions,
  hasParts = false,
): string[] {
  const part = hasParts && kind !== 'failed' ? [PART[language]] : [];
  return [...columns, ...part, ...HEADERS[kind][language], ...(plannedText ? [PLAN_SHOWED[language]] : [])];
}

/** A file of several whose rows stand in one result file. */
export interface OneOfFiles {
  /** What was added to the row numbers that are told. */
  readonly offset: number;
  /** Its number, where it is a part. */
  readonly part?: number | undefined;
  readonly columns: readonly string[];
  /** Where its cells go in a table with the columns of all files. */
  readonly places: readonly number[];
}

/** Rows as they are numbered in the import. */
export interface FileRows extends Pick<RowBatch, 'rows'> {
  /** Absent: there is but one file, whose row numbers are its own. */
  readonly of?: OneOfFiles | undefined;
  /** A row without a result is no part of the import: the file was replaced, or has rows of reps that were done before. */
  readonly isRest?: boolean;
}

/**
 * The rows of one kind with their original columns, unchanged, and what became of them behind, a batch of the file at a
 * time. The file can be corrected and sent as it is; in a workbook faulty cells are marked and commented. Both inputs come
 * in the order of the file. A row without a result is unprocessed, so that every row of the file is in the file of one kind.
 * @param places of rows that problems name
 */
export async function* resultRows(
  source: Pick<SourceSettings, 'columns' | 'decimalSeparator'>,
  batches: AsyncIterable<FileRows>,
  results: AsyncIterable<RowResult>,
  options: ResultFileOptions,
  places = WHOLE_FILE,
): AsyncGenerator<OutputRow[]> {
  const resultIterator = results[Symbol.asyncIterator]();
  let next = await resultIterator.next();
  for await (const { rows, of: file, isRest = false } of batches) {
    const columns = file?.columns ?? source.columns;
    const written: OutputRow[] = [];
    for (const tableRow of rows) {
      const { row } = tableRow;
      while (!next.done && next.value.row < row) next = await resultIterator.next();
      const found = !next.done && next.value.row === row ? next.value : undefined;
      if (!found && isRest) continue;
      const result: ResultOfRow = found ?? { row, outcome: 'unprocessed' };
      if (KIND_OF[result.outcome] !== options.kind) continue;
      const problems = (result.problems ?? []).map((problem) => problemDto(problem, options.language, places));
      const cells = options.format === 'csv' ? asTexts(tableRow, source) : marked(tableRow, { columns }, problems);
      const planned = options.plannedText ? [result.planned ? options.plannedText(result.planned) : ''] : [];
      written.push([
        ...(file ? inPlace(cells, file.places, source.columns.length) : cells),
        ...extraCells(result, problems, options, file),
        ...planned,
      ]);
    }
    if (written.length > 0) yield written;
  }
}

/** The cells of a file where the columns of all files are. */
function inPlace(cells: readonly OutputCell[], places: readonly number[], width: number): OutputCell[] {
  const row = Array.from({ length: width }, (): OutputCell => '');
  cells.forEach((cell, i) => (row[places[i] ?? i] = cell));
  return row;
}

/**
 * Numbers of a spreadsheet as the texts of the file write theirs, so that they are read alike when they come back; an error
 * stays one until somebody corrects it.
 */
function asTexts(
  { cells, kinds }: TableRow,
  { decimalSeparator }: Pick<SourceSettings, 'decimalSeparator'>,
): OutputCell[] {
  if (!kinds) return cells;
  return cells.map((text, i): OutputCell => {
    const kind = kinds[i] ?? 'text';
    if (kind === 'error') return { text, kind };
    return decimalSeparator === ',' && NUMBERS.has(kind) ? text.replace('.', ',') : text;
  });
}

/** The cells as what they were, and those of which something is said coloured, with what is said. */
function marked(
  { cells, kinds }: TableRow,
  { columns }: Pick<SourceSettings, 'columns'>,
  problems: readonly RowProblemDto[],
): OutputCell[] {
  const comments = new Map<number, string[]>();
  for (const { column, message } of problems) {
    const place = column === undefined ? undefined : findColumn(columns, column);
    if (typeof place === 'number') comments.set(place, [...(comments.get(place) ?? []), message]);
  }
  const width = Math.max(cells.length, ...[...comments.keys()].map((place) => place + 1));
  return Array.from({ length: width }, (_, i): OutputCell => {
    const [text, kind, comment] = [cells[i] ?? '', kinds?.[i], comments.get(i)];
    return comment ? { text, kind, fill: 'error', comment: comment.join('\n') } : { text, kind };
  });
}

function extraCells(
  { row, outcome, recordId }: ResultOfRow,
  problems: readonly RowProblemDto[],
  { kind, labelOf = (field) => field }: ResultFileOptions,
  file: OneOfFiles | undefined,
): OutputCell[] {
  const numbers = [...(file?.part === undefined ? [] : [file.part]), row - (file?.offset ?? 0)];
  if (kind === 'successful') return [...numbers, outcome, recordId ?? ''];
  if (kind === 'unprocessed') return numbers;
  const join = (pick: (problem: RowProblemDto) => string | undefined) =>
    problems.map((problem) => pick(problem) ?? '').join('; ');
  const place = ({ column, field }: RowProblemDto) => column ?? (field === undefined ? undefined : labelOf(field));
  return [join(({ code }) => code), join(place), join(({ message }) => message)];
}
