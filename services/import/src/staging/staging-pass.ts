import type { CutChunk } from './chunk-cutter.js';

const RENEW_MS = 2_000;

/** What one pass over the files of an import does beside reading: it writes chunks, and says that it lives. */
export class StagingPass {
  private written = 0;
  private renewed = Date.now();

  constructor(
    private readonly insert: (firstNo: number, chunks: readonly CutChunk[]) => Promise<void>,
    private readonly renew: (bytesRead: number) => Promise<void>,
  ) {}

  async write(chunks: readonly CutChunk[]): Promise<void> {
    if (chunks.length === 0) return;
    await this.insert(this.written, chunks);
    this.written += chunks.length;
  }

  /** @param bytesRead of all files */
  async beat(bytesRead: number): Promise<void> {
    if (Date.now() - this.renewed < RENEW_MS) return;
    this.renewed = Date.now();
    await this.renew(bytesRead);
  }
}
