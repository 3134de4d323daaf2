/** A tag's name as it is written, and its parts. */
export interface TagName {
  readonly full: string;
  readonly local: string;
  readonly prefix: string;
}

const SLOTS = 256;

/**
 * Gives the same object for a name that comes again, without making a string of it first: a sheet has millions of tags
 * and a dozen names. Two names of one slot take turns, which only costs time.
 */
export class TagNames {
  private readonly slots: (TagName | undefined)[] = Array.from({ length: SLOTS }, () => undefined);

  /** @param colon where the prefix ends, or less than `start` */
  at(text: string, start: number, end: number, colon: number): TagName {
    const slot = (text.charCodeAt(start) * 31 + text.charCodeAt(end - 1) * 7 + (end - start)) & (SLOTS - 1);
    const known = this.slots[slot];
    if (known && known.full.length === end - start && text.startsWith(known.full, start)) return known;
    // Copies: a slice would keep the whole text around it in memory.
    const full = copied(text.slice(start, end));
    const name =
      colon < start
        ? { full, local: full, prefix: '' }
        : { full, local: full.slice(colon + 1 - start), prefix: full.slice(0, colon - start) };
    this.slots[slot] = name;
    return name;
  }
}

function copied(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
