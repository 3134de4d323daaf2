import { pointerTo, Problem } from '@muster/contracts';

/** The parts of a form beside its file, by name. */
export type FormFields = ReadonlyMap<string, string>;

/**
 * A part that would be passed over may be the very one that its sender counts on.
 * @throws Problem validation_failed, naming each part that means nothing
 */
export function requireKnown(fields: FormFields, known: readonly string[]): void {
  const unknown = [...fields.keys()].filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const errors = unknown.map((name) => ({
    pointer: pointerTo(name),
    code: 'unknown_property' as const,
    params: { name },
  }));
  throw new Problem('validation_failed', { params: { count: errors.length }, errors });
}
