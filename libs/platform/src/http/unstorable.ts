/**
 * JSON pointers of the texts in a JSON value that the database cannot keep as they are: with NUL, or half a surrogate pair.
 * Names of properties count too; such a one is pointed at by its parent.
 */
export function unstorableTexts(value: unknown, pointer = ''): string[] {
  if (typeof value === 'string') return isStorable(value) ? [] : [pointer];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    isStorable(name) ? unstorableTexts(inner, `${pointer}/${escapePointer(name)}`) : [pointer],
  );
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** One step of a JSON pointer, RFC 6901 section 3. */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
