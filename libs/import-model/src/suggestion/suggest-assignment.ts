import { plainHeader } from './header-likeness.js';
import type { ColumnSample } from './suggest-mapping.js';

export type RepKey = 'email' | 'employeeNumber';

/** Values of which the company has an account. */
export type KnownReps = Readonly<Record<RepKey, ReadonlySet<string>>>;

export interface AssignmentSuggestion {
  /** From 0. */
  readonly column: number;
  readonly header: string;
  readonly by: RepKey;
  /** 0 to 1. */
  readonly confidence: number;
  /** Different values in the sample, and those that name an account. */
  readonly values: number;
  readonly found: number;
}

/** Parts of headers of columns that say whose a row is. */
const WORDS = [
  'rep',
  'user',
  'employee',
  'owner',
  'agent',
  'mitarbeiter',
  'benutzer',
  'aussendienst',
  'vertreter',
  'betreuer',
  'besitzer',
  'personalnummer',
];
/** A number may be that of an employee by chance, an e-mail address hardly. */
const WEIGHT: Readonly<Record<RepKey, number>> = { email: 0.8, employeeNumber: 0.6 };
const BY_HEADER = 0.2;
const SUGGESTED_FROM = 0.5;

/** The different values of a column, without blanks around them, at most `limit`. */
export function differentValues({ cells }: ColumnSample, limit: number): string[] {
  const values = new Set(cells.map((cell) => cell.trim()).filter((value) => value !== ''));
  return [...values].slice(0, limit);
}

/** The column that says whose each row is: the one with the most values that name accounts. */
export function suggestAssignment(
  columns: readonly ColumnSample[],
  known: KnownReps,
  limit: number,
): AssignmentSuggestion | undefined {
  const candidates = columns.flatMap((sample, column) => {
    const values = differentValues(sample, limit);
    if (values.length === 0) return [];
    return (['email', 'employeeNumber'] as const).map((by): AssignmentSuggestion => {
      const found = values.filter((value) => known[by].has(value)).length;
      const share = found / values.length;
      const confidence = share === 0 ? 0 : WEIGHT[by] * share + (saysRep(sample.header) ? BY_HEADER : 0);
      return { column, header: sample.header, by, confidence, values: values.length, found };
    });
  });
  const [best] = candidates.toSorted((a, b) => b.confidence - a.confidence);
  return best && best.confidence >= SUGGESTED_FROM ? best : undefined;
}

function saysRep(header: string): boolean {
  const plain = plainHeader(header);
  return WORDS.some((word) => plain.includes(word));
}
