import { pointerTo, type Id, type Language, type ProblemDetail, type RowProblem } from '@muster/contracts';
import { cutText, type CellValue, type FieldSchema } from '@muster/import-model';
import { idIn, type Referred } from '../records/references.js';
import { detailOf } from './read-value.js';

/** Which record a request refers to: by its id, or by the external id that it has at the same rep. */
export type Reference = { readonly field: FieldSchema } & (
  { readonly id: Id; readonly externalId?: never } | { readonly externalId: string; readonly id?: never }
);

export type ReferenceWish = Reference & {
  /** The place of its value in the row. */
  readonly at: number;
};

/** Reads `"0193..."` or `{"externalId": "0010-A7"}`. */
export function readReference(
  field: FieldSchema,
  value: unknown,
  language: Language,
): { readonly value: null } | { readonly reference: Reference } | ProblemDetail {
  if (value === null) return { value: null };
  if (typeof value === 'string') {
    const id = idIn(value);
    return id === undefined ? detailOf(unknown(field, shown(value)), language) : { reference: { field, id } };
  }
  const named = typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : [];
  const [name, externalId] = named[0] ?? [];
  if (named.length !== 1 || name !== 'externalId' || typeof externalId !== 'string') {
    return { pointer: pointerTo(field.id), code: 'wrong_type', params: { expected: 'text' } };
  }
  return { reference: { field, externalId } };
}

/**
 * Puts the ids of records in the place of wishes. A wish for what is stored already is granted, whatever has become of that record.
 * @param found records of the rep that any of the wishes may mean
 */
export function resolveWishes(
  wishes: readonly ReferenceWish[],
  found: readonly Referred[],
  stored: Readonly<Record<string, CellValue | undefined>>,
): { readonly ids: ReadonlyMap<number, Id>; readonly problems: readonly RowProblem[] } {
  const ids = new Map<number, Id>();
  const problems: RowProblem[] = [];
  for (const wish of wishes) {
    const isMeant = ({ id, externalId }: Referred) =>
      wish.id === undefined ? externalId === wish.externalId : id === wish.id;
    const id = found.find(isMeant)?.id ?? (wish.id === stored[wish.field.id] ? wish.id : undefined);
    if (id === undefined) problems.push(unknown(wish.field, shown(wish.id ?? wish.externalId)));
    else ids.set(wish.at, id);
  }
  return { ids, problems };
}

function unknown({ id, references }: FieldSchema, value: string): RowProblem {
  return { code: `unknown_${references}`, field: id, params: { value } };
}

/** Of what nobody can mean, not more than a person needs to recognise it. */
function shown(text: string): string {
  return cutText(text, 60).toWellFormed();
}
