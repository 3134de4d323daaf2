import { Problem, type ProblemDetail } from '@muster/contracts';
import { nearest } from '@muster/import-model';

/**
 * The fields that `fields=id,name1` of an export names, in their order, each once.
 * @param known ids of all fields
 * @throws Problem validation_failed, naming the nearest of each field that there is not
 */
export function chosenFields(wanted: string, known: readonly string[]): string[] {
  const ids = new Set(wanted.split(',').map((id) => id.trim()));
  const errors = [...ids].filter((id) => !known.includes(id)).map((id) => unknownField(id, known));
  if (errors.length > 0) throw new Problem('validation_failed', { params: { count: errors.length }, errors });
  return [...ids];
}

function unknownField(id: string, known: readonly string[]): ProblemDetail {
  const close = nearest(id, known);
  const params = { field: id.slice(0, 100), near: close === undefined ? 'no' : 'yes', nearest: close ?? '' };
  return { pointer: '/fields', code: 'unknown_export_field', params };
}
