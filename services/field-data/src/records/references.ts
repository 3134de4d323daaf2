import type { Id, RowProblem } from '@muster/contracts';
import {
  nearParams,
  refused,
  type CellValue,
  type ChunkRow,
  type FieldSchema,
  type RowDecision,
} from '@muster/import-model';
import type { StoredRow } from './stored-row.js';

const ID = /^[0-9a-f]{32}$/;

/** A record that others refer to. */
export interface Referred {
  readonly id: Id;
  readonly externalId: string | null;
}

/** A column of a work order that refers to records. */
export interface ReferenceColumn {
  /** Its place in the rows. */
  readonly at: number;
  readonly field: FieldSchema;
}

export function referenceColumns(fields: readonly FieldSchema[]): ReferenceColumn[] {
  return fields.flatMap((field, at) => (field.type === 'reference' ? [{ at, field }] : []));
}

/** The id that a text is, with or without dashes, in any letter case; undefined when it is none. */
export function idIn(text: string): Id | undefined {
  const digits = text.replaceAll('-', '').toLowerCase();
  return ID.test(digits) ? digits : undefined;
}

/** The records of one entity that texts of a file may mean. An id goes before an external id that looks like one. */
export class KnownReferences {
  private readonly ids = new Set<Id>();
  private readonly byExternalId = new Map<string, Id>();

  /** @param near text that names nothing -> external id that may be meant */
  constructor(
    records: readonly Referred[],
    readonly near: ReadonlyMap<string, string> = new Map(),
  ) {
    for (const { id, externalId } of records) {
      this.ids.add(id);
      if (externalId !== null) this.byExternalId.set(externalId, id);
    }
  }

  idOf(text: string): Id | undefined {
    const id = idIn(text);
    return id !== undefined && this.ids.has(id) ? id : this.byExternalId.get(text);
  }
}

export interface ResolvedRows {
  readonly rows: readonly ChunkRow[];
  /** By the place of the row. */
  readonly faults: ReadonlyMap<number, readonly RowProblem[]>;
}

/**
 * Puts ids in the place of references. A row that leaves the reference of its record as it is stored is right whatever has
 * become of the other record since.
 * @param known for each of `columns`
 * @param storedOf the record that a row means, by the place of the row
 */
export function resolveReferences(
  rows: readonly ChunkRow[],
  columns: readonly ReferenceColumn[],
  known: readonly KnownReferences[],
  storedOf: (place: number) => StoredRow | undefined,
): ResolvedRows {
  const faults = new Map<number, RowProblem[]>();
  if (columns.length === 0) return { rows, faults };
  const resolved = rows.map((row, place) => {
    const values = [...row.values];
    columns.forEach(({ at, field }, i) => {
      const text = values[at];
      if (typeof text !== 'string') return;
      const id = known[i]?.idOf(text) ?? unchanged(text, storedOf(place)?.[field.id]);
      values[at] = id ?? null;
      if (id === undefined)
        faults.set(place, [...(faults.get(place) ?? []), unknown(field, text, known[i]?.near.get(text))]);
    });
    return { ...row, values };
  });
  return { rows: resolved, faults };
}

function unchanged(text: string, stored: CellValue | undefined): Id | undefined {
  const id = idIn(text);
  return id !== undefined && id === stored ? id : undefined;
}

function unknown({ id, references }: FieldSchema, value: string, meant: string | undefined): RowProblem {
  return { code: `unknown_${references}`, field: id, params: { value, ...nearParams(meant) } };
}

/** Refuses the rows whose references nobody knows, beside what else is wrong with them. */
export function refuseUnknown(
  decisions: readonly RowDecision<StoredRow>[],
  faults: ResolvedRows['faults'],
): RowDecision<StoredRow>[] {
  return decisions.map((decision, place) => {
    const problems = faults.get(place);
    if (!problems) return decision;
    const { plan } = decision;
    const others = plan.outcome === 'invalid' ? plan.problems : [];
    const isNew = (other: RowProblem) => problems.every(({ field }) => field !== other.field);
    return refused(decision, ...problems, ...others.filter(isNew));
  });
}
