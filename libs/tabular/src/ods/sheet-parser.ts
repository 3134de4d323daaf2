import type { TableLimits } from '../limits.js';
import { cellValue, isErrorBy, type CellClaims } from './cell-value.js';
import { OdfScanner } from './odf-scanner.js';
import { Paragraphs } from './paragraphs.js';
import { RowBuilder, type RepeatedRow } from './row-builder.js';
import { AROUND_ROWS, AROUND_SHEETS, isCacheOfOtherFile, repeats } from './sheet-structure.js';
import { UsualCells } from './usual-cells.js';

/** What is covered by a merged cell keeps its own value, if it has one: LibreOffice shows it in lists and formulas. */
const CELLS: ReadonlySet<string> = new Set(['table:table-cell', 'table:covered-table-cell']);

type Place = 'file' | 'sheet' | 'row' | 'cell';

/** Reads the rows of one sheet from the bytes of `content.xml`, cut anywhere. */
export class SheetParser {
  /** The sheet is read to its end. */
  isDone = false;
  /** Another sheet stands behind it. */
  hasMore = false;

  private readonly scanner = new OdfScanner();
  private readonly builder: RowBuilder;
  private readonly paragraphs: Paragraphs;
  private place: Place = 'file';
  private claims: CellClaims | undefined;
  private times = 1;
  private usual: UsualCells | undefined;
  /** That of the row at hand, as the file has it. */
  private rowPrefix = '';

  /** @param sheetsBefore how many sheets stand in front of the one to read */
  constructor(
    limits: TableLimits,
    private sheetsBefore: number,
  ) {
    this.builder = new RowBuilder(limits);
    this.paragraphs = new Paragraphs(limits.cellLength);
  }

  /**
   * @param last no more bytes come
   * @returns the rows that are complete, without the blank ones
   * @throws TabularError file_unreadable, doctype_forbidden, wrong_encoding, too_many_columns, cell_too_long
   */
  push(bytes: Uint8Array, last: boolean): RepeatedRow[] {
    const rows: RepeatedRow[] = [];
    this.scanner.push(bytes, last);
    while (this.scanner.next()) this.take(rows);
    return rows;
  }

  private take(rows: RepeatedRow[]): void {
    const { scanner } = this;
    if (this.place === 'cell') this.inCell(rows);
    else if (scanner.isOpen) this.open(rows);
    else if (this.place === 'row') this.closeRow(rows);
    else if (this.place === 'sheet' && scanner.name === 'table:table') {
      this.isDone = true;
      this.place = 'file';
    }
  }

  private open(rows: RepeatedRow[]): void {
    const { scanner } = this;
    if (this.place === 'row') this.openCell();
    else if (this.place === 'file') this.openInFile();
    else if (scanner.name === 'table:table-row') this.openRow(rows);
    else if (!AROUND_ROWS.has(scanner.name)) scanner.skipElement();
  }

  private openInFile(): void {
    const { scanner } = this;
    if (AROUND_SHEETS.has(scanner.name)) return;
    const isSheet = scanner.name === 'table:table' && !isCacheOfOtherFile(scanner.attribute('table:name') ?? '');
    if (isSheet && this.isDone) this.hasMore = true;
    if (!isSheet || this.isDone || this.sheetsBefore-- > 0) {
      scanner.skipElement();
      return;
    }
    this.place = 'sheet';
    this.usual = new UsualCells(scanner.namespaces);
  }

  private openRow(rows: RepeatedRow[]): void {
    this.place = 'row';
    this.rowPrefix = this.scanner.prefix;
    this.builder.start(repeats(this.scanner.attribute('table:number-rows-repeated')));
    this.readUsual(rows);
  }

  /** The cells that follow, and as many rows behind them as are usual. */
  private readUsual(rows: RepeatedRow[]): void {
    const { scanner, usual, builder } = this;
    if (!usual) return;
    scanner.readAhead((bytes, buffer, from) => {
      let at = usual.read(bytes, buffer, from, builder);
      if (this.rowPrefix !== usual.tablePrefix) return at;
      for (let next = usual.rowBehind(bytes, at); next > 0; next = usual.rowBehind(bytes, at)) {
        this.finishRow(rows);
        builder.start(1);
        at = usual.read(bytes, buffer, next, builder);
      }
      return at;
    });
  }

  private closeRow(rows: RepeatedRow[]): void {
    this.place = 'sheet';
    this.finishRow(rows);
  }

  private finishRow(rows: RepeatedRow[]): void {
    const row = this.builder.finish();
    if (row) rows.push(row);
  }

  private openCell(): void {
    const { scanner } = this;
    if (!CELLS.has(scanner.name)) {
      scanner.skipElement();
      return;
    }
    this.place = 'cell';
    this.times = repeats(scanner.attribute('table:number-columns-repeated'));
    this.claims = claimsOf(scanner);
    this.paragraphs.clear();
  }

  private inCell(rows: RepeatedRow[]): void {
    const { scanner, paragraphs, builder, claims } = this;
    if (scanner.isOpen || !CELLS.has(scanner.name) || !claims) {
      paragraphs.take(scanner, builder.row);
      return;
    }
    this.place = 'row';
    const [text, kind] = cellValue(claims, paragraphs.text);
    builder.add(text, kind, this.times);
    this.readUsual(rows);
  }
}

function claimsOf(scanner: OdfScanner): CellClaims {
  const type = scanner.attribute('office:value-type') ?? '';
  return {
    type,
    value: scanner.attribute(VALUE_ATTRIBUTES.get(type) ?? 'office:value'),
    hasFormula: scanner.has('table:formula'),
    isError: type === 'error' || isErrorBy(scanner.attribute('calcext:value-type')),
  };
}

const VALUE_ATTRIBUTES: ReadonlyMap<string, string> = new Map([
  ['string', 'office:string-value'],
  ['date', 'office:date-value'],
  ['time', 'office:time-value'],
  ['boolean', 'office:boolean-value'],
]);
