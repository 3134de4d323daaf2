import { decodeText } from '../xml/text.js';
import { cellValue, isErrorBy } from './cell-value.js';
import type { Namespaces } from './namespaces.js';
import type { RowBuilder } from './row-builder.js';

/**
 * Reads cells of the form in which nearly all files have nearly all of theirs, straight from the text: several times as
 * fast as tag by tag. Attributes of the cell's style may stand anywhere, those of its value in the order of the standard;
 * there is one paragraph without markup, or none. What looks different, or is cut off, is left to the caller.
 */
export class UsualCells {
  private readonly pattern: RegExp | undefined;

  private readonly depth: number;

  /** @param namespaces those of the sheet; where an element declares others, nothing is read here */
  constructor(private readonly namespaces: Namespaces) {
    this.depth = namespaces.depth;
    const [table, office, text, calcext] = ['table', 'office', 'text', 'calcext'].map((name) =>
      namespaces.prefixOf(name),
    );
    if (!table || !office || !text) return;
    this.pattern = cellPattern({ table, office, text, calcext: calcext ?? 'calcext' });
  }

  /** @returns where the first thing stands that was not read */
  read(buffer: string, from: number, row: RowBuilder): number {
    const { pattern } = this;
    if (!pattern || this.namespaces.depth !== this.depth) return from;
    let at = from;
    pattern.lastIndex = at;
    for (let found = pattern.exec(buffer); found; found = pattern.exec(buffer)) {
      at = pattern.lastIndex;
      const [, before, formula, type, raw, calculated, after, paragraph] = found;
      const repeated = before ?? after;
      const times = repeated === undefined ? 1 : Math.max(1, Number(repeated));
      if (type === undefined && calculated !== 'error' && formula === undefined) {
        row.add(paragraph === undefined ? '' : decodeText(paragraph), 'text', times);
        continue;
      }
      const claims = {
        type: type ?? '',
        value: raw,
        hasFormula: formula !== undefined,
        isError: isErrorBy(calculated),
      };
      const [value, kind] = cellValue(claims, paragraph === undefined ? '' : decodeText(paragraph));
      row.add(value, kind, times);
    }
    return at;
  }
}

/** Between elements, in files that are laid out for people. */
const SPACE = String.raw`[ \t\r\n]*`;

interface Prefixes {
  readonly table: string;
  readonly office: string;
  readonly text: string;
  readonly calcext: string;
}

function cellPattern(prefixes: Prefixes): RegExp {
  const [table, office, text, calcext] = [prefixes.table, prefixes.office, prefixes.text, prefixes.calcext].map(
    (prefix) => prefix.replaceAll(/[^\w]/g, String.raw`\$&`),
  );
  // Each once: without an end, those of a hostile cell would be shared out between the three places in every way.
  const layout = `(?: ${table}:(?:style-name|content-validation-name|number-(?:columns|rows)-spanned)="[^"<]*"){0,4}`;
  // Not within a repeated group: each round would forget what the one before has found.
  const repeated = `${layout}(?: ${table}:number-columns-repeated="(\\d{1,5})"${layout})?`;
  const formula = `(?: ${table}:formula="[^"<]*"())?`;
  const typed = `(float|percentage|date|time|boolean|currency)"(?: ${office}:currency="[^"<]*")? ${office}:(?:date-|time-|boolean-)?value="([^"<&\\s]*)"`;
  const value = `(?: ${office}:value-type="(?:string"|${typed}))?`;
  const extra = `(?: ${calcext}:value-type="([a-z]*)")?`;
  const content = `(?:/>|>${SPACE}(?:<${text}:p>([^<]*)</${text}:p>${SPACE})?</${table}:table-cell>)`;
  return new RegExp(`${SPACE}<${table}:table-cell${repeated}${formula}${value}${extra}${repeated}${content}`, 'y');
}
