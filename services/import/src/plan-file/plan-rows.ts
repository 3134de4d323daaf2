import type { FieldChange, Language, Texts } from '@muster/contracts';
import { fieldHeaders, type EntitySchema, type FieldSchema } from '@muster/import-model';
import { valueCell, valueKind, writableText, type FileTarget } from '@muster/platform';
import type { CellFill, OutputCell, OutputColumn } from '@muster/tabular';
import { OUTCOME_TEXTS } from '../imports/import-texts.js';
import type { RowResult } from '../results/answers-in-row-order.js';
import { problemDto } from '../results/row.dto.js';
import type { RowPlaces } from '../results/row-places.js';
import type { ChunkLayout } from '../staging/chunk-layout.js';

const HEADERS = {
  part: { en: 'Part', de: 'Teil' },
  row: { en: 'Row', de: 'Zeile' },
  outcome: { en: 'What happens', de: 'Was geschieht' },
  rep: { en: 'Rep', de: 'Mitarbeiter' },
  record: { en: 'Record id', de: 'Datensatz-ID' },
  problems: { en: 'Notes', de: 'Hinweise' },
} as const satisfies Record<string, Texts>;
const BEFORE: Texts = { en: 'before', de: 'bisher' };
/** Of a value that is taken away, or put where none was: a blank cell would say that nothing changes. */
const EMPTY: Texts = { en: '(empty)', de: '(leer)' };

/** What the rows of a plan are told with. */
export interface PlanFile extends FileTarget {
  readonly schema: EntitySchema;
  readonly layout: ChunkLayout;
  readonly places: RowPlaces;
  readonly hasParts: boolean;
  /** What stands in the rep column, by the number of the value; empty: the rows are the company's. */
  readonly reps: ReadonlyMap<number, string>;
}

interface PlannedField {
  readonly field: FieldSchema;
  /** Where its value stands in a staged row. */
  readonly at: number;
  readonly isKept: boolean;
  /** An update may change it: what it was stands beside it. */
  readonly mayChange: boolean;
}

export function planColumns(file: PlanFile): OutputColumn[] {
  const { language, schema } = file;
  const headers = fieldHeaders(schema, language);
  const said = (name: keyof typeof HEADERS, kind?: 'number'): OutputColumn => ({
    header: HEADERS[name][language],
    ...(kind && { kind }),
  });
  return [
    ...(file.hasParts ? [said('part', 'number')] : []),
    ...[said('row', 'number'), said('outcome')],
    ...(file.reps.size > 0 ? [said('rep')] : []),
    ...fieldsOf(file).flatMap(({ field, mayChange }): OutputColumn[] => {
      const header = headers.get(field.id) ?? field.id;
      const kind = valueKind(field, file);
      return [{ header, kind }, ...(mayChange ? [{ header: `${header} (${BEFORE[language]})`, kind }] : [])];
    }),
    { ...said('problems'), width: 60 },
    said('record'),
  ];
}

/** A row as it will be stored: what changes is coloured, and what it was stands beside it. */
export function planRow(result: RowResult, file: PlanFile): OutputCell[] {
  const { language, format } = file;
  const { part, row } = file.places.of(result.row);
  const problems = (result.problems ?? []).map((problem) => problemDto(problem, language, file.places));
  const isRefused = result.outcome === 'invalid' || result.outcome === 'failed';
  const marks = new Map(problems.map(({ field }) => [field, isRefused ? 'error' : 'warning'] as const));
  return [
    ...(file.hasParts ? [part ?? null] : []),
    row,
    filled(OUTCOME_TEXTS[result.outcome][language], fillOfOutcome(result, problems.length > 0)),
    ...(file.reps.size > 0 ? [writableText(file.reps.get(result.repNo) ?? '', format)] : []),
    ...fieldsOf(file).flatMap((planned) => fieldCells(planned, result, file, marks.get(planned.field.id))),
    writableText(
      problems.map(({ column, message }) => (column ? `${column}: ${message}` : message)).join('\n'),
      format,
    ),
    result.recordId ?? null,
  ];
}

function fieldCells(
  { field, at, isKept, mayChange }: PlannedField,
  { outcome, changes = [], staged }: RowResult,
  file: PlanFile,
  mark: CellFill | undefined,
): OutputCell[] {
  const change = changes.find((one) => one.field === field.id);
  // What is stored already is not told by the file.
  const isUnknown = isKept && outcome !== 'created';
  const value = isUnknown ? null : (staged?.[at + 1] ?? null);
  if (!change) return [filled(valueCell(field, value, file), mark), ...(mayChange ? [null] : [])];
  return [changed(field, change, 'to', file, mark), ...(mayChange ? [changed(field, change, 'from', file)] : [])];
}

function changed(
  field: FieldSchema,
  change: FieldChange,
  side: 'from' | 'to',
  file: PlanFile,
  mark: CellFill = 'changed',
): OutputCell {
  const cell = valueCell(field, change[side], file) ?? EMPTY[file.language];
  return side === 'to' ? filled(cell, mark) : cell;
}

function fieldsOf({ schema, layout: { columns, mode } }: PlanFile): PlannedField[] {
  return columns.flatMap(({ field: id, behaviour }, at): PlannedField[] => {
    const field = schema.fields.find((one) => one.id === id);
    if (!field) return [];
    return [{ field, at, isKept: behaviour === 'keep', mayChange: behaviour !== 'key' && mode !== 'create' }];
  });
}

function fillOfOutcome({ outcome }: RowResult, isWarned: boolean): CellFill | undefined {
  if (outcome === 'invalid' || outcome === 'failed') return 'error';
  if (outcome === 'created' || outcome === 'updated') return 'changed';
  return isWarned || outcome === 'ignored' ? 'warning' : undefined;
}

function filled(cell: OutputCell, fill: CellFill | undefined): OutputCell {
  if (!fill) return cell;
  if (typeof cell === 'object' && cell !== null) return { ...cell, fill };
  return { text: String(cell ?? ''), kind: typeof cell === 'number' ? 'number' : 'text', fill };
}

export function sheetNames(language: Language): { plan: string; summary: string; limits: string } {
  return language === 'de'
    ? { plan: 'Vorschau', summary: 'Zusammenfassung', limits: 'Grenzen' }
    : { plan: 'Plan', summary: 'Summary', limits: 'Limits' };
}
