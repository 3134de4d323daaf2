import type { FieldSchema, SelectionOption } from '../schema/field-schema.js';
import type { CellResult } from './cell-result.js';
import { refused } from './problems.js';
import { unknownOptionParams } from './unknown-code.js';

/** Stands between the values of a multiple selection. */
export const BETWEEN_VALUES = ';';

/** Reads one value: a code, or a label of either language; letter case counts only where two differ by nothing else. */
export function selectionConverter(field: FieldSchema): (text: string) => CellResult {
  const codeOf = codeReader(field.options ?? []);
  return (text) => {
    const value = codeOf(text);
    return value === undefined ? unknownCode(field, text) : { ok: true, value };
  };
}

/** Reads values with `;` between them, in any order and more than once. */
export function multiSelectionConverter(field: FieldSchema): (text: string) => CellResult {
  const { options = [] } = field;
  const codeOf = codeReader(options);
  const places = new Map(options.map(({ code }, i) => [code, i]));
  const place = (code: string) => places.get(code) ?? 0;
  return (text) => {
    const codes = new Set<string>();
    for (const part of text.split(BETWEEN_VALUES)) {
      const name = part.trim();
      if (name === '') continue;
      const code = codeOf(name);
      if (code === undefined) return unknownCode(field, name);
      codes.add(code);
    }
    const sorted = [...codes].sort((a, b) => place(a) - place(b));
    return { ok: true, value: sorted.length > 0 ? sorted.join(BETWEEN_VALUES) : null };
  };
}

function codeReader(options: readonly SelectionOption[]): (text: string) => string | undefined {
  if (options.length === 0) return (text) => text;
  const exact = new Set(options.map(({ code }) => code));
  const words = new Map<string, string>();
  // A code goes before a label, and the first of equal ones before the others.
  for (const { code } of options) note(words, code, code);
  for (const { code, label, words: more = [] } of options) {
    for (const text of [label.en, label.de, ...more]) note(words, text, code);
  }
  return (text) => (exact.has(text) ? text : words.get(text.toLowerCase()));
}

function note(words: Map<string, string>, text: string, code: string): void {
  const word = text.trim().toLowerCase();
  if (!words.has(word)) words.set(word, code);
}

function unknownCode(field: FieldSchema, text: string): CellResult {
  return refused(field, 'unknown_code', unknownOptionParams(text, field.options ?? []));
}
