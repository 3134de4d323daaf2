import { rowKey, type CellValue, type PlanSettings } from '@muster/import-model';
import type { StoredRow } from '../records/stored-row.js';

/** A row of a work order. */
export interface ChunkRow {
  /** Its number in the file. */
  readonly row: number;
  readonly values: readonly CellValue[];
}

type KeyValues = readonly Exclude<CellValue, null>[];

/** The keys of rows, each once, and the records that have them. */
export class KeyIndex {
  private readonly keys = new Map<string, KeyValues>();
  private readonly texts: (string | undefined)[] = [];
  private readonly records = new Map<string, StoredRow[]>();

  constructor(
    rows: readonly ChunkRow[],
    private readonly settings: PlanSettings,
  ) {
    for (const { values } of rows) {
      const key = rowKey(values, settings);
      const text = key.kind === 'key' ? textOf(key.values) : undefined;
      if (key.kind === 'key' && text !== undefined) this.keys.set(text, key.values);
      this.texts.push(text);
    }
  }

  /** The keys to look for, their values in the order of `settings.keys`. */
  wanted(): KeyValues[] {
    return [...this.keys.values()];
  }

  /** The different values of one key field among them. */
  wantedOf(field: string): string[] {
    const at = this.settings.keys.indexOf(field);
    return [...new Set(this.wanted().map((key) => String(key[at])))];
  }

  /** @param candidates may be more than asked for; the latest binned first */
  add(candidates: readonly StoredRow[]): void {
    for (const record of candidates) {
      const text = textOf(this.settings.keys.map((field) => record[field] ?? null));
      if (!this.keys.has(text)) continue;
      const known = this.records.get(text);
      if (known) known.push(record);
      else this.records.set(text, [record]);
    }
  }

  /** Of the `i`th row. A record in the recycle bin counts only where no other record has the key, and the latest only. */
  matchesOf(i: number): readonly StoredRow[] {
    const text = this.texts[i];
    const records = text === undefined ? undefined : this.records.get(text);
    if (!records) return [];
    const live = records.filter(({ binned }) => !binned);
    return live.length > 0 ? live : records.slice(0, 1);
  }
}

function textOf(values: readonly CellValue[]): string {
  return values.length === 1 ? String(values[0]) : JSON.stringify(values);
}
