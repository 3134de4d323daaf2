/** Lets `places` of those who ask be at work at a time, in the order in which they asked. */
export class Semaphore {
  private readonly waiting: (() => void)[] = [];

  constructor(private places: number) {}

  /** How many wait for a place. */
  get queued(): number {
    return this.waiting.length;
  }

  async use<T>(work: () => Promise<T>): Promise<T> {
    if (this.places > 0) this.places -= 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
    try {
      return await work();
    } finally {
      // A place is handed on, not given back: nobody can come between.
      const next = this.waiting.shift();
      if (next) next();
      else this.places += 1;
    }
  }
}
