import { Problem, type RowAnswer, type RowProblem } from '@muster/contracts';
import {
  badCharacter,
  comparedAs,
  errorCellParams,
  fieldOf,
  rowKey,
  type CellSource,
  type CompiledMapping,
} from '@muster/import-model';
import type { CellKind, TableRow } from '@muster/tabular';
import { ChunkCutter, type CutChunk } from './chunk-cutter.js';
import type { ChunkLayout } from './chunk-layout.js';
import type { StagedRow } from './chunk-payload.js';
import { settledKey, type SettledKey } from './settled-key.js';
import { DuplicateFinder, type Duplicate } from './duplicate-finder.js';

/** One value of the rep column. */
export interface FoundRep {
  readonly no: number;
  readonly value: string;
  readonly rowCount: number;
  readonly firstRow: number;
}

/** What was before this pass. */
export interface BeforePass {
  readonly firstNo: number;
  readonly written: ReadonlySet<number>;
}

const NOTHING: BeforePass = { firstNo: 0, written: new Set() };

/** More different values than any company has reps: the wrong column was chosen. */
const REP_VALUES = 5_000;

/** Row numbers are stored in four bytes. */
const LAST_ROW = 2 ** 31 - 1;

/** Where no cell says whose a row is, all of them have one value. */
const THE_COMPANY: CellSource = { constant: '' };

type Cell = string | number | boolean | null;

/** What one pass over a file, or its parts, finds out, row by row. Holds keys and open chunks, never the file. */
export class StagedFile {
  private readonly cutter = new ChunkCutter();
  private readonly finder = new DuplicateFinder();
  private readonly repNos = new Map<string, number>();
  private readonly found: { -readonly [K in keyof FoundRep]: FoundRep[K] }[] = [];
  private lastRow = 0;
  rowsRead = 0;
  /** What is added to the row numbers of each part, so that no two rows of the import have the same. */
  readonly offsets: number[];

  /**
   * @param offset what is added to the row numbers of the file, and of its first part
   * @param isSync for whom invalid rows stand counts too
   */
  constructor(
    private mapping: CompiledMapping,
    offset = 0,
    private readonly before: BeforePass = NOTHING,
    private readonly isSync = false,
  ) {
    this.offsets = [offset];
  }

  /**
   * Goes on with the next part.
   * @param mapping the same configuration, for the columns of this part
   * @param offset what is added to its row numbers; preset: so many that they follow on those of the part before
   */
  nextPart(mapping: CompiledMapping, offset = this.lastRow): void {
    this.mapping = mapping;
    this.offsets.push(offset);
  }

  get layout(): ChunkLayout {
    const { mode, columns, options } = this.mapping;
    return {
      mode,
      options,
      columns: columns.map(({ field, behaviour, emptyCell }) => ({ field, behaviour, emptyCell })),
    };
  }

  /** @returns chunks that are full. @throws Problem too_many_rep_values */
  add(rows: readonly TableRow[]): CutChunk[] {
    const chunks: CutChunk[] = [];
    for (const row of rows) {
      const chunk = this.addRow(row);
      if (chunk) chunks.push(chunk);
    }
    chunks.push(...this.cutter.relieve());
    return chunks;
  }

  /** @returns the chunks that the end of the file leaves open */
  finish(): CutChunk[] {
    return this.cutter.finish();
  }

  reps(): FoundRep[] {
    return this.found;
  }

  duplicates(): ReadonlyMap<number, Duplicate> {
    return this.finder.duplicates();
  }

  /** The answer for a row that others of the file share something with; it names the cell where it is but one. */
  duplicateAnswer(row: number, { rows, rules }: Duplicate): RowAnswer {
    const fields = rules.flatMap((name) => this.mapping.unique.find((rule) => rule.name === name)?.fields ?? []);
    const [field] = fields;
    const column = field === undefined ? undefined : this.mapping.columns[this.columnOf(field)]?.header;
    const cell = fields.length === 1 && { field, ...(column !== undefined && { column }) };
    const problem: RowProblem = { code: 'duplicate_in_file', ...cell, params: { rows: rows.join(', ') } };
    return { row, outcome: 'invalid', problems: [problem] };
  }

  private addRow({ row: rowOfPart, cells, kinds, extraCells, cutOff }: TableRow): CutChunk | undefined {
    const row = rowOfPart + (this.offsets.at(-1) ?? 0);
    if (row > LAST_ROW) throw new Problem('series_too_many_rows', { params: { limit: LAST_ROW, rows: row } });
    if (row <= this.lastRow) throw new Problem('parts_overlap', { params: { part: this.offsets.length, row } });
    this.lastRow = row;
    this.rowsRead++;
    if (this.before.written.has(row)) return undefined;
    const staged: StagedRow = [row];
    const problems: RowProblem[] = extraCells ? [{ code: 'extra_cells' }] : [];
    // Elsewhere the row may be just short; here all that should follow it would be taken for absent.
    if (cutOff && this.isSync) problems.push({ code: 'row_cut_off' });
    const repNo = this.repOf(row, cells, kinds, problems);
    this.mapping.columns.forEach(({ index, constant, parse, header }) => {
      const text = index === undefined ? constant : (cells[index] ?? '');
      const parsed = parse(text, index === undefined ? 'text' : kinds?.[index]);
      if (parsed.ok) staged.push(parsed.value);
      else {
        staged.push(null);
        problems.push({ ...parsed.problem, ...(header !== undefined && { column: header }) });
      }
    });
    this.noteKeys(row, repNo, staged, problems);
    if (problems.length === 0) return this.cutter.addRow(repNo, row, JSON.stringify(staged), this.namesNobody(staged));
    return this.cutter.addSettled(repNo, { row, outcome: 'invalid', problems }, this.keyOf(staged, problems));
  }

  /** Whether a row of a sync has no key, though nothing else is wrong with it so far. */
  private namesNobody([, ...values]: StagedRow): boolean {
    return this.isSync && rowKey(values, this.mapping).kind === 'empty';
  }

  /** For whom a row stands of which nothing becomes; undefined: it does not matter. */
  keyOf(staged: StagedRow, problems: readonly RowProblem[] = []): SettledKey | undefined {
    return this.isSync ? settledKey(staged, problems, this.mapping) : undefined;
  }

  /** What cannot be anybody's e-mail or number is nobody's, and its row says why. */
  private repOf(
    row: number,
    cells: readonly string[],
    kinds: readonly CellKind[] | undefined,
    problems: RowProblem[],
  ): number {
    const { index, constant, header: column } = this.mapping.rep ?? THE_COMPANY;
    const text = (index === undefined ? constant : (cells[index] ?? '')).trim();
    const problem = repValueProblem(text, index === undefined ? 'text' : kinds?.[index]);
    if (problem) problems.push({ ...problem, ...(column !== undefined && { column }) });
    const value = problem ? '' : text;
    let no = this.repNos.get(value);
    if (no === undefined) {
      if (this.found.length === REP_VALUES) throw new Problem('too_many_rep_values', { params: { limit: REP_VALUES } });
      no = this.before.firstNo + this.found.length;
      this.repNos.set(value, no);
      this.found.push({ no, value, rowCount: 0, firstRow: row });
    }
    const rep = this.found[no - this.before.firstNo];
    if (rep) rep.rowCount++;
    return no;
  }

  /** A key that cannot be read is nobody's duplicate; an empty unique value neither. */
  private noteKeys(row: number, repNo: number, staged: StagedRow, problems: readonly RowProblem[]): void {
    for (const { name, fields, perRep } of this.mapping.unique) {
      if (problems.some(({ field }) => field !== undefined && fields.includes(field))) continue;
      const key = fields.map((id) =>
        comparedAs(staged[this.columnOf(id) + 1] ?? null, fieldOf(this.mapping.schema, id)),
      );
      if (key.some((value) => value === null)) continue;
      this.finder.add(row, name, key as Exclude<Cell, null>[], perRep ? String(repNo) : '');
    }
  }

  private columnOf(field: string): number {
    return this.mapping.columns.findIndex((column) => column.field === field);
  }
}

/** Longest e-mail, in characters; employee numbers are shorter. */
const REP_VALUE_LENGTH = 254;

function repValueProblem(text: string, kind: CellKind | undefined): RowProblem | undefined {
  if (kind === 'error') return { code: 'error_cell', params: errorCellParams(text) };
  const character = badCharacter(text);
  if (character !== undefined) return { code: 'invalid_character', params: { character } };
  const { length } = text;
  return length > REP_VALUE_LENGTH ? { code: 'too_long', params: { limit: REP_VALUE_LENGTH, length } } : undefined;
}
