import { decodeText } from '../xml/text.js';
import { cellValue, isErrorBy } from './cell-value.js';
import type { Namespaces } from './namespaces.js';
import { PlainCells, type Prefixes } from './plain-cells.js';
import type { RowBuilder } from './row-builder.js';

/**
 * Reads cells of the form in which nearly all files have nearly all of theirs, straight from the text: several times as
 * fast as tag by tag. Attributes of the cell's style may stand anywhere, those of its value in the order of the standard;
 * there is one paragraph without markup, or none. Those that are plainer still go faster. What looks different, or is cut off, is left to the caller.
 */
export class UsualCells {
  private readonly pattern: RegExp | undefined;
  private readonly plain: PlainCells | undefined;
  /** Of the names of tables in the file. */
  readonly tablePrefix: string | undefined;
  private readonly depth: number;

  /** @param namespaces those of the sheet; where an element declares others, nothing is read here */
  constructor(private readonly namespaces: Namespaces) {
    this.depth = namespaces.depth;
    const [table, office, text, calcext] = ['table', 'office', 'text', 'calcext'].map((name) =>
      namespaces.prefixOf(name),
    );
    this.tablePrefix = table;
    if (!table || !office || !text) return;
    const prefixes = { table, office, text, calcext: calcext ?? 'calcext' };
    this.pattern = cellPattern(prefixes);
    this.plain = new PlainCells(prefixes);
  }

  /**
   * @param bytes with zeros behind their end
   * @param buffer the same bytes, each a character
   * @returns where the first thing stands that was not read
   */
  read(bytes: Buffer, buffer: string, from: number, row: RowBuilder): number {
    const { pattern, plain } = this;
    if (!pattern || !plain || this.namespaces.depth !== this.depth) return from;
    for (let at = from; ;) {
      at = plain.read(bytes, buffer, at, row);
      pattern.lastIndex = at;
      const found = pattern.exec(buffer);
      if (!found) return at;
      at = pattern.lastIndex;
      addFound(found, row);
    }
  }

  /** @returns where the cells of the row begin that follows this one, or -1: it looks different */
  rowBehind(bytes: Buffer, from: number): number {
    return this.plain && this.namespaces.depth === this.depth ? this.plain.rowBehind(bytes, from) : -1;
  }
}

function addFound(found: RegExpExecArray, row: RowBuilder): void {
  const [, before, formula, type, raw, calculated, after, paragraph] = found;
  const repeated = before ?? after;
  const times = repeated === undefined ? 1 : Math.max(1, Number(repeated));
  const shown = paragraph === undefined ? '' : decodeText(paragraph);
  if (type === undefined && calculated !== 'error' && formula === undefined) {
    row.add(shown, 'text', times);
    return;
  }
  const hasFormula = formula !== undefined;
  const claims = { type: type ?? '', value: raw, hasFormula, isError: isErrorBy(calculated) };
  const [value, kind] = cellValue(claims, shown);
  row.add(value, kind, times);
}

/** Between elements, in files that are laid out for people. */
const SPACE = String.raw`[ \t\r\n]*`;

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
