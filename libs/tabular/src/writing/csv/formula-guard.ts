import { isErrorValue } from '../../values/error-value.js';

const APOSTROPHE = 39;
/** What makes a spreadsheet take a text for a formula, and the guard itself, so that taking it off is exact. */
const GUARDED = new Set(['=', '+', '-', '@', '\t', '\r', "'"].map((character) => character.charCodeAt(0)));

/** Puts one `'` before a text that a spreadsheet would run, or that reads like the error of one. */
export function guardFormula(text: string): string {
  return isGuarded(text) ? `'${text}` : text;
}

/** Takes off exactly the one that {@link guardFormula} put there. */
export function unguardFormula(text: string): string {
  if (text.charCodeAt(0) !== APOSTROPHE) return text;
  const unguarded = text.slice(1);
  return isGuarded(unguarded) ? unguarded : text;
}

function isGuarded(text: string): boolean {
  return GUARDED.has(text.charCodeAt(0)) || isErrorValue(text);
}
