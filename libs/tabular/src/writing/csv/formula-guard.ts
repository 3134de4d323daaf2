const APOSTROPHE = 39;
/** What makes a spreadsheet take a text for a formula, and the guard itself, so that taking it off is exact. */
const GUARDED = new Set(['=', '+', '-', '@', '\t', '\r', "'"].map((character) => character.charCodeAt(0)));

/** Puts one `'` before a text that a spreadsheet would run. */
export function guardFormula(text: string): string {
  return GUARDED.has(text.charCodeAt(0)) ? `'${text}` : text;
}

/** Takes off exactly the one that {@link guardFormula} put there. */
export function unguardFormula(text: string): string {
  return text.charCodeAt(0) === APOSTROPHE && GUARDED.has(text.charCodeAt(1)) ? text.slice(1) : text;
}
