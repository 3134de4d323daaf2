import type { Language } from '@muster/contracts';
import type { EntitySchema, FieldSchema, FieldType } from '../schema/field-schema.js';
import type { SourceFormat } from '../values/cell-result.js';
import { compileColumn } from '../values/compile-column.js';
import { shown } from '../values/problems.js';
import { comparedHeader, headerReader, plainHeader, type HeaderLikeness } from './header-likeness.js';
import type { FieldCandidate } from './field-candidate.js';
import { giveFields, type NotSuggested } from './give-fields.js';

export interface ColumnSample {
  readonly header: string;
  /** Texts of the first rows, blank ones too. */
  readonly cells: readonly string[];
}

/** How often the company mapped a header to a field before. */
export interface EarlierMapping {
  readonly header: string;
  readonly field: string;
  /** Imports that did, and that mapped the header to anything. */
  readonly times: number;
  readonly imports: number;
}

/** A candidate beside those of other columns. */
export interface RankedCandidate extends FieldCandidate {
  /** Other columns, from 0, that are suggested for the field, or that are as good for it. */
  readonly rivals: readonly number[];
}

export interface ColumnSuggestion {
  /** From 0. */
  readonly column: number;
  readonly header: string;
  /** What the column is suggested for; undefined: nothing, it is left out. */
  readonly suggested: FieldCandidate | undefined;
  /** Further fields that it feeds, as it did in earlier imports. */
  readonly alsoSuggested: readonly FieldCandidate[];
  /** undefined: it is suggested for something. */
  readonly notSuggested: NotSuggested | undefined;
  /** The best first, what is suggested among them. */
  readonly candidates: readonly RankedCandidate[];
}

export interface SuggestionRequest {
  readonly columns: readonly ColumnSample[];
  readonly schema: EntitySchema;
  readonly language: Language;
  readonly earlier: readonly EarlierMapping[];
  readonly source?: SourceFormat;
  /** The column that says whose a row is, from 0: its content means the reps. */
  readonly assigned?: number | undefined;
}

const HISTORY = 0.99;
const MOST_CANDIDATES = 5;
const MOST_UNREAD = 10;
/** What the content alone can say: values that only one kind of field has. */
const BY_CONTENT: Partial<Record<FieldType, number>> = { email: 0.65, recordId: 0.8, uprn: 0.65 };

/**
 * Which field each column means, by what the company did before, by the header and by the content. No field is suggested
 * twice, see {@link giveFields}.
 */
export function suggestMapping({
  columns,
  schema,
  language,
  earlier,
  source,
  assigned,
}: SuggestionRequest): ColumnSuggestion[] {
  const readers = schema.fields.map((field) => ({
    field,
    likeness: headerReader(field, language),
    parse: compileColumn(field, source, { trim: true }),
  }));
  const history = historyByHeader(earlier);
  const found = columns.map(({ header, cells }, column) => {
    const filled = cells.filter((cell) => cell.trim() !== '');
    const asCompared = comparedHeader(header);
    const before = history.get(asCompared.plain);
    return readers
      .flatMap(({ field, likeness, parse }): FieldCandidate[] => {
        const isReadable = (cell: string) => parse(cell).ok;
        const evidence = evidenceFor(field, header, before, () => likeness(asCompared));
        if (evidence) return [weighed(field, evidence, filled, isReadable)];
        // Asked last: nearly every column gives itself away in its first cell.
        const confidence = column === assigned ? undefined : BY_CONTENT[field.type];
        if (confidence === undefined || filled.length === 0 || !filled.every(isReadable)) return [];
        return [{ field: field.id, confidence, reason: 'content', readable: 1, unread: [] }];
      })
      .toSorted((a, b) => b.confidence - a.confidence);
  });
  const given = giveFields(found);
  return columns.map(({ header }, column) => {
    const [suggested, ...alsoSuggested] = given.fields.get(column) ?? [];
    const candidates = (found[column] ?? []).slice(0, MOST_CANDIDATES).map((candidate): RankedCandidate => {
      const rivals = (given.columns.get(candidate.field) ?? []).filter((other) => other !== column);
      return { ...candidate, rivals };
    });
    return { column, header, suggested, alsoSuggested, notSuggested: given.why(column), candidates };
  });
}

type Evidence = Omit<FieldCandidate, 'field' | 'readable' | 'unread'>;

function evidenceFor(
  field: FieldSchema,
  header: string,
  before: ReadonlyMap<string, number> | undefined,
  likenessOf: () => HeaderLikeness | undefined,
): Evidence | undefined {
  const share = before?.get(field.id);
  if (share !== undefined) return { confidence: HISTORY * share, reason: 'history', like: header };
  const likeness = likenessOf();
  // What people decided weighs more than what a header says.
  return likeness && before ? { ...likeness, confidence: likeness.confidence / 2 } : likeness;
}

/** A header that says one thing over content that says another is worth little. */
function weighed(
  { id: field }: FieldSchema,
  evidence: Evidence,
  filled: readonly string[],
  isReadable: (cell: string) => boolean,
): FieldCandidate {
  const others = filled.filter((cell) => !isReadable(cell));
  const readable = filled.length === 0 ? 1 : 1 - others.length / filled.length;
  const unread = [...new Set(others)].slice(0, MOST_UNREAD).map(shown);
  return { field, ...evidence, confidence: evidence.confidence * (0.4 + 0.6 * readable), readable, unread };
}

/** Header -> field -> share of the imports that mapped the header. */
function historyByHeader(earlier: readonly EarlierMapping[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const times = new Map<string, Map<string, number>>();
  // A header may be written in several ways, each with imports of its own.
  const imports = new Map<string, Map<string, number>>();
  for (const { header, field, times: count, imports: all } of earlier) {
    const key = plainHeader(header);
    const fields = times.get(key) ?? new Map<string, number>();
    fields.set(field, (fields.get(field) ?? 0) + count);
    times.set(key, fields);
    imports.set(key, (imports.get(key) ?? new Map<string, number>()).set(header, all));
  }
  for (const [key, fields] of times) {
    const total = [...(imports.get(key)?.values() ?? [])].reduce((sum, count) => sum + count, 0);
    for (const [field, count] of fields) fields.set(field, Math.min(1, count / total));
  }
  return times;
}
