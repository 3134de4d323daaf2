export const QUOTES = ['"', "'"] as const;

/** `"`, or `'` when no `"` occurs and every cell of the first two lines stands in `'`. */
export function recogniseQuote(text: string): (typeof QUOTES)[number] {
  if (text.includes('"') || !text.startsWith("'")) return '"';
  const lines = text.split(/\r\n|\n|\r/, 2);
  const isQuoted = (line: string) => /^'[^']*'(?:[;,\t|]'[^']*')*$/.test(line);
  return lines.every(isQuoted) ? "'" : '"';
}
