/** What cells speak for, each cell with one voice. */
export class Votes<T extends string> {
  private readonly counts = new Map<T | 'ambiguous', number>();

  add(vote: T | 'ambiguous' | undefined): void {
    if (vote !== undefined) this.counts.set(vote, (this.counts.get(vote) ?? 0) + 1);
  }

  addAll(other: Votes<T>): void {
    for (const [vote, count] of other.counts) this.counts.set(vote, (this.counts.get(vote) ?? 0) + count);
  }

  /**
   * What all speak for that speak for something. `ambiguous`: they contradict each other, or each would fit with more than
   * one. A single voice among a hundred is a slip of somebody's.
   */
  get verdict(): T | 'ambiguous' | undefined {
    const clear = [...this.counts].filter((entry): entry is [T, number] => entry[0] !== 'ambiguous');
    const all = clear.reduce((sum, [, count]) => sum + count, 0);
    if (all === 0) return this.counts.has('ambiguous') ? 'ambiguous' : undefined;
    return clear.find(([, count]) => count * 100 >= all * 99)?.[0] ?? 'ambiguous';
  }
}
