import { isStorable, pointerTo, Problem } from '@muster/contracts';

/** No request of ours comes near. */
const DEEPEST = 100;

/** @throws Problem validation_failed with every text in a JSON value that the database cannot keep */
export function requireStorable(value: unknown, pointer: string): void {
  const errors = unstorableTexts(value, pointer).map((place) => ({ pointer: place, code: 'invalid_character' }));
  if (errors.length > 0) throw new Problem('validation_failed', { params: { count: errors.length }, errors });
}

/**
 * JSON pointers of the texts in a JSON value that the database cannot keep as they are: with NUL, or half a surrogate pair.
 * Names of properties count too; such a one is pointed at by its parent.
 * @throws Problem malformed_request when it is nested so deep that walking through it could end the process
 */
export function unstorableTexts(value: unknown, pointer = '', depth = 0): string[] {
  if (depth > DEEPEST)
    throw new Problem('malformed_request', { params: { reason: `nested deeper than ${DEEPEST} levels` } });
  if (typeof value === 'string') return isStorable(value) ? [] : [pointer];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    isStorable(name) ? unstorableTexts(inner, pointer + pointerTo(name), depth + 1) : [pointer],
  );
}
