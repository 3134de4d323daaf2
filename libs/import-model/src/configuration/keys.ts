import type { EntitySchema } from '../schema/field-schema.js';

/** Most fields that can be keys together. */
export const KEY_LIMIT = 8;

/** Targets that are keys: those marked so, else the first preset key that is mapped; none when there is none. */
export function keyTargets(
  mappings: readonly { readonly TargetFieldID: string; readonly UpdateBehavior: number }[],
  { presetKeys }: EntitySchema,
): ReadonlySet<string> {
  const marked = mappings
    .filter(({ UpdateBehavior }) => UpdateBehavior === 2)
    .map(({ TargetFieldID }) => TargetFieldID);
  if (marked.length > 0) return new Set(marked);
  const preset = presetKeys.find((key) => mappings.some(({ TargetFieldID }) => TargetFieldID === key));
  return new Set(preset === undefined ? [] : [preset]);
}
