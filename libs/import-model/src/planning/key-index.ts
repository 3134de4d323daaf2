import { comparedAs, fieldOf, type CellValue, type FieldSchema } from '../schema/field-schema.js';
import type { ChunkRow } from './chunk-row.js';
import { rowKey } from './row-key.js';
import type { PlanSettings, StoredRecord } from './row-plan.js';

type KeyValues = readonly Exclude<CellValue, null>[];

/** The keys of rows, each once, and the records that have them. */
export class KeyIndex<Stored extends StoredRecord = StoredRecord> {
  private readonly keys = new Map<string, KeyValues>();
  private readonly texts: (string | undefined)[] = [];
  private readonly fields: readonly (FieldSchema | undefined)[];
  private readonly records = new Map<string, Stored[]>();

  constructor(
    private readonly rows: readonly ChunkRow[],
    private readonly settings: PlanSettings,
  ) {
    this.fields = settings.keys.map((key) => fieldOf(settings.schema, key));
    for (const { values } of rows) {
      const key = rowKey(values, settings);
      const text = key.kind === 'key' ? this.textOf(key.values) : undefined;
      if (key.kind === 'key' && text !== undefined) this.keys.set(text, key.values);
      this.texts.push(text);
    }
  }

  /** The keys to look for, their values in the order of `settings.keys`. */
  wanted(): KeyValues[] {
    return [...this.keys.values()];
  }

  /** Those of them that no record has, as far as records were added. */
  missing(): KeyValues[] {
    return [...this.keys].filter(([text]) => !this.records.has(text)).map(([, values]) => values);
  }

  /** The different values of one key field among them. */
  wantedOf(field: string): string[] {
    const at = this.settings.keys.indexOf(field);
    return [...new Set(this.wanted().map((key) => String(key[at])))];
  }

  /** @param candidates may be more than asked for; the latest binned first */
  add(candidates: readonly Stored[]): void {
    for (const record of candidates) {
      const text = this.textOf(this.settings.keys.map((field) => record[field] ?? null));
      if (!this.keys.has(text)) continue;
      const known = this.records.get(text);
      if (known) known.push(record);
      else this.records.set(text, [record]);
    }
  }

  /** Of the `i`th row. A record in the recycle bin counts only where no other record has the key, and the latest only. */
  matchesOf(i: number): readonly Stored[] {
    const text = this.texts[i];
    const records = text === undefined ? undefined : this.records.get(text);
    if (!records) return [];
    const live = records.filter(({ binned }) => binned !== true);
    return live.length > 0 ? live : records.slice(0, 1);
  }

  /** Ids of what the `i`th row means, also where they are too many for one; an id that it names counts though it was not found. */
  meantBy(i: number): readonly string[] {
    const matches = this.matchesOf(i);
    if (matches.length > 0) return matches.map(({ id }) => id);
    const named = this.keys.get(this.texts[i] ?? '')?.[this.settings.keys.indexOf('id')];
    return named === undefined ? [] : [String(named)];
  }

  /** As {@link meantBy}, of all rows. */
  meant(): string[] {
    return [...new Set(this.texts.flatMap((_, i) => this.meantBy(i)))];
  }

  /**
   * The values of a unique field in rows whose key no record has. Whoever has one of them is not absent from the file: the
   * row is a changed key, or an id that was lost, and comes to nothing because of that value.
   */
  valuesOfUnmatched(field: string): string[] {
    const { columns, keys } = this.settings;
    // What is looked for by it alone is known not to be there.
    if (keys.length === 1 && keys[0] === field) return [];
    const at = columns.findIndex((column) => column.field === field);
    const values = this.rows.map((row, i) => (this.matchesOf(i).length > 0 ? null : (row.values[at] ?? null)));
    return [...new Set(values.flatMap((value) => value ?? []))].map(String);
  }

  private textOf(values: readonly CellValue[]): string {
    const compared = values.map((value, i) => comparedAs(value, this.fields[i]));
    return compared.length === 1 ? String(compared[0]) : JSON.stringify(compared);
  }
}
