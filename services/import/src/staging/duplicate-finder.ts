import { hash } from 'node:crypto';

const WORDS = 4;
const EMPTY = 0;
/** How many of the other rows a duplicate names: a file whose rows are all alike must not cost their square. */
const NAMED_ROWS = 10;

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
  private readonly groups = new Map<number, number[]>();

  /** @param key parts of the key in one fixed order; `scope` keeps keys of different reps and fields apart */
  add(row: number, scope: string, key: readonly (string | number | boolean)[]): void {
    const digest = hash('sha256', JSON.stringify([scope, key]), 'buffer');
    const words = [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12)];
    let slot = this.slotFor(words[0] ?? 0);
    for (let entry = this.slots[slot]; entry !== undefined && entry !== EMPTY; entry = this.slots[slot]) {
      if (this.equals(entry - 1, words)) return this.repeat(entry - 1, row);
      slot = (slot + 1) % this.slots.length;
    }
    this.insert(slot, row, words);
  }

  /** Each row that shares a key with others, with the first ten of those others in ascending order. */
  duplicates(): Map<number, number[]> {
    const result = new Map<number, number[]>();
    for (const group of this.groups.values()) {
      const first = group.slice(0, NAMED_ROWS + 1);
      for (const row of group) {
        const others = [...(result.get(row) ?? []), ...first.filter((other) => other !== row)];
        result.set(row, [...new Set(others)].sort((a, b) => a - b).slice(0, NAMED_ROWS));
      }
    }
    return result;
  }

  private repeat(entry: number, row: number): void {
    const first = this.rows[entry] ?? 0;
    const group = this.groups.get(entry);
    if (group) group.push(row);
    else if (first !== row) this.groups.set(entry, [first, row]);
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
