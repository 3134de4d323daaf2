/** Most that are kept, a power of two. */
const SLOTS = 64 * 1024;
/** Longer ones are not kept: they are rarely the same, and would fill the memory. */
const LONGEST = 64;

/** Texts that were made, by the lower bits of their number: those of a column that has few values are made once. */
export class SharedTexts {
  private indexes = new Int32Array();
  private texts: string[] = [];
  private mask = 0;

  get(index: number): string | undefined {
    const slot = index & this.mask;
    return this.indexes[slot] === index ? this.texts[slot] : undefined;
  }

  /** @param count how many numbers there are */
  set(index: number, text: string, count: number): void {
    if (text.length > LONGEST) return;
    if (this.texts.length === 0) this.begin(count);
    const slot = index & this.mask;
    this.indexes[slot] = index;
    this.texts[slot] = text;
  }

  clear(): void {
    this.indexes = new Int32Array();
    this.texts = [];
    this.mask = 0;
  }

  private begin(count: number): void {
    let slots = 1;
    while (slots < count && slots < SLOTS) slots *= 2;
    this.indexes = new Int32Array(slots).fill(-1);
    this.texts = Array.from({ length: slots }, () => '');
    this.mask = slots - 1;
  }
}
