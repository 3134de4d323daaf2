import { hash } from 'node:crypto';

const WORDS = 4;
const EMPTY = 0;
/** How many of the other rows a duplicate names: a file whose rows are all alike must not cost their square. */
const NAMED_ROWS = 10;

/** Rows with which a row shares what only one can have, and the rules that say so. */
export interface Duplicate {
  /** The first ten, in ascending order. */
  readonly rows: readonly number[];
  readonly rules: readonly string[];
}

/** The rows with one key. */
interface Group {
  readonly rule: string;
  readonly rows: number[];
}

/**
 * Finds rows that share a key within a file of any size: 16 bytes of SHA-256 and a row number a key, in flat memory
 * (28 MB for a million keys at most). Two different keys would have to agree in 128 bits of SHA-256 to be confused.
 */
export class DuplicateFinder {
  private digests = new Uint32Array(1024 * WORDS);
  private rows = new Uint32Array(1024);
  private slots = new Uint32Array(4096);
  private count = 0;
  /** Entry of the first row with a key -> all rows with it; only for keys that stand more than once. */
  private readonly groups = new Map<number, Group>();

  /** @param key parts of the key in one fixed order; `rule` and `scope` keep keys of different fields and reps apart */
  add(row: number, rule: string, key: readonly (string | number | boolean)[], scope = ''): void {
    const digest = hash('sha256', JSON.stringify([rule, scope, key]), 'buffer');
    const words = [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12)];
    let slot = this.slotFor(words[0] ?? 0);
    for (let entry = this.slots[slot]; entry !== undefined && entry !== EMPTY; entry = this.slots[slot]) {
      if (this.equals(entry - 1, words)) return this.repeat(entry - 1, row, rule);
      slot = (slot + 1) % this.slots.length;
    }
    this.insert(slot, row, words);
  }

  /** Each row that shares a key with others. */
  duplicates(): Map<number, Duplicate> {
    const result = new Map<number, Duplicate>();
    for (const { rule, rows: all } of this.groups.values()) {
      const first = all.slice(0, NAMED_ROWS + 1);
      for (const row of all) {
        const { rows, rules } = result.get(row) ?? { rows: [], rules: [] };
        const others = [...rows, ...first.filter((other) => other !== row)];
        const named = [...new Set(others)].sort((a, b) => a - b).slice(0, NAMED_ROWS);
        result.set(row, { rows: named, rules: rules.includes(rule) ? rules : [...rules, rule] });
      }
    }
    return result;
  }

  private repeat(entry: number, row: number, rule: string): void {
    const first = this.rows[entry] ?? 0;
    const group = this.groups.get(entry);
    if (group) group.rows.push(row);
    else if (first !== row) this.groups.set(entry, { rule, rows: [first, row] });
  }

  private insert(slot: number, row: number, words: number[]): void {
    if (this.count === this.rows.length) this.grow();
    this.digests.set(words, this.count * WORDS);
    this.rows[this.count] = row;
    this.count++;
    if (this.count * 2 > this.slots.length) this.rehash();
    else this.slots[slot] = this.count;
  }

  private equals(entry: number, words: number[]): boolean {
    const at = entry * WORDS;
    return words.every((word, i) => this.digests[at + i] === word);
  }

  private slotFor(word: number): number {
    return word % this.slots.length;
  }

  private grow(): void {
    const digests = new Uint32Array(this.digests.length * 2);
    digests.set(this.digests);
    this.digests = digests;
    const rows = new Uint32Array(this.rows.length * 2);
    rows.set(this.rows);
    this.rows = rows;
  }

  private rehash(): void {
    this.slots = new Uint32Array(this.slots.length * 2);
    for (let entry = 0; entry < this.count; entry++) {
      let slot = this.slotFor(this.digests[entry * WORDS] ?? 0);
      while (this.slots[slot] !== EMPTY) slot = (slot + 1) % this.slots.length;
      this.slots[slot] = entry + 1;
    }
  }
}
