import type { CutChunk } from './chunk-cutter.js';

const RENEW_MS = 2_000;
/** Chunks of one statement: each takes a dozen of the 65,535 parameters that one may have, and a file ends with one of each rep. */
const AT_ONCE = 500;

/** What one pass over the files of an import does beside reading: it writes chunks, and says that it lives. */
export class StagingPass {
  private written = 0;
  private renewed = Date.now();

  constructor(
    private readonly insert: (firstNo: number, chunks: readonly CutChunk[]) => Promise<void>,
    private readonly renew: (bytesRead: number) => Promise<void>,
  ) {}

  async write(chunks: readonly CutChunk[]): Promise<void> {
    for (let at = 0; at < chunks.length; at += AT_ONCE) {
      const some = chunks.slice(at, at + AT_ONCE);
      await this.insert(this.written, some);
      this.written += some.length;
    }
  }

  /** @param bytesRead of all files */
  async beat(bytesRead: number): Promise<void> {
    if (Date.now() - this.renewed < RENEW_MS) return;
    this.renewed = Date.now();
    await this.renew(bytesRead);
  }
}
