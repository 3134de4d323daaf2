import type { SerialKind } from '../values/date-serial.js';

export type FormatKind = 'number' | 'percent' | SerialKind;

/** What a number format makes of a number: by its value, for its sections may differ. */
export interface NumberFormat {
  /** The kind, when it is the same whatever the value. */
  readonly kind: FormatKind | undefined;
  kindOf(value: number): FormatKind;
}

interface Section {
  readonly kind: FormatKind;
  readonly condition: ((value: number) => boolean) | undefined;
}

export function constantFormat(kind: FormatKind): NumberFormat {
  return { kind, kindOf: () => kind };
}

export const GENERAL = constantFormat('number');

/** By ECMA-376 part 1, 18.8.30: sections for positive, negative, zero, text, or by the conditions they bring. */
export function parseNumberFormat(code: string): NumberFormat {
  // What is beyond some thousand characters Excel does not take either (255).
  // A section with @ is for texts, wherever it stands.
  const sections = splitSections(code.slice(0, 4096))
    .filter((tokens) => !tokens.includes('@'))
    .slice(0, 3)
    .map(parseSection);
  const [first] = sections;
  if (!first) return GENERAL;
  if (sections.every(({ kind }) => kind === first.kind)) return constantFormat(first.kind);
  return { kind: undefined, kindOf: (value) => sectionFor(value, sections).kind };
}

function sectionFor(value: number, sections: readonly Section[]): Section {
  const [first, second = FALLBACK, third] = sections;
  if (!first) return FALLBACK;
  if (first.condition || second.condition) {
    const isFirst = first.condition ?? ((number: number) => number > 0);
    if (isFirst(value)) return first;
    if (!third) return second;
    const isSecond = second.condition ?? ((number: number) => number < 0);
    return isSecond(value) ? second : third;
  }
  if (value < 0) return second;
  return value === 0 && third ? third : first;
}

const FALLBACK: Section = { kind: 'number', condition: undefined };

/** What makes up a format: quoted text, escapes, brackets, words, runs of one letter, single characters. */
const TOKEN =
  /"[^"]*"?|[\\_*][\s\S]?|\[[^\]]*\]?|general|standard|g\/[^\0-\x7f]+|am\/pm|a\/p|[eE][+-]|m+|h+|s+(?:\\?[.,]0+)?|[dy]+|t+|[a-z]|[\s\S]/gi;

function splitSections(code: string): string[][] {
  const sections: string[][] = [[]];
  for (const [token] of code.matchAll(TOKEN)) {
    if (token === ';') sections.push([]);
    else sections.at(-1)?.push(token);
  }
  return sections;
}

function parseSection(tokens: readonly string[]): Section {
  const marks = tokens.map(markOf);
  const places = marks.filter((mark) => mark !== undefined);
  let hasDate = false;
  let hasTime = false;
  let isElapsed = false;
  for (const [at, mark] of places.entries()) {
    // Nothing is both: what begins as a number only has letters that somebody did not quote.
    if (mark === 'digit' && !hasDate && !hasTime) break;
    if (mark === 'date' || (mark === 'm' && !isMinute(places, at))) hasDate = true;
    else if (mark === 'elapsed') isElapsed = hasTime = true;
    else if (mark === 'hour' || mark === 'second' || mark === 'm' || mark === 'noon') hasTime = true;
  }
  const condition = tokens.map(conditionOf).find((found) => found !== undefined);
  if (hasDate) return { kind: hasTime ? 'dateTime' : 'date', condition };
  if (hasTime) return { kind: isElapsed ? 'duration' : 'time', condition };
  return { kind: tokens.includes('%') ? 'percent' : 'number', condition };
}

type Mark = 'date' | 'hour' | 'second' | 'm' | 'elapsed' | 'noon' | 'digit';

function markOf(token: string): Mark | undefined {
  const lower = token.toLowerCase();
  if (lower.startsWith('[')) return /^\[(?:h+|m+|s+)\]?$/.test(lower) ? 'elapsed' : undefined;
  if (lower === 'general' || lower === 'standard' || lower.startsWith('g/') || /^[0#?]$/.test(lower)) return 'digit';
  if (lower === 'am/pm' || lower === 'a/p') return 'noon';
  if (/^(?:d|y)/.test(lower) || /^[abgj]$/.test(lower) || lower === 'e' || lower.startsWith('tt')) return 'date';
  if (lower.startsWith('h')) return 'hour';
  if (lower.startsWith('s')) return 'second';
  // Three and more are the name of a month.
  if (/^m+$/.test(lower)) return lower.length > 2 ? 'date' : 'm';
  return undefined;
}

/** `m` is a minute behind an hour and in front of a second, else a month. */
function isMinute(places: readonly Mark[], at: number): boolean {
  const before = places[at - 1];
  return before === 'hour' || before === 'elapsed' || places[at + 1] === 'second';
}

function conditionOf(token: string): Section['condition'] {
  const [, sign, text] = /^\[(<=|>=|<>|<|>|=)\s*(-?[\d.]+(?:[eE][+-]?\d+)?)\s*\]$/.exec(token) ?? [];
  const bound = Number(text);
  switch (sign) {
    case '<':
      return (value) => value < bound;
    case '<=':
      return (value) => value <= bound;
    case '>':
      return (value) => value > bound;
    case '>=':
      return (value) => value >= bound;
    case '=':
      return (value) => value === bound;
    case '<>':
      return (value) => value !== bound;
    default:
      return undefined;
  }
}
