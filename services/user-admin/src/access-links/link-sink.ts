import { mkdir, open, readFile, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '@muster/contracts';
import type { MadeToken } from './link-tokens.js';

export type SentLink = Extract<MadeToken, { made: true }> & { readonly linkId: Id };

/** Where links go while nobody delivers them. */
export interface LinkSink {
  /** Whether it was written, as far as is known; asked after a process died while it wrote. */
  has(linkId: Id): Promise<boolean>;
  write(link: SentLink): Promise<void>;
}

/**
 * For development: a line of JSON for each link, in `access-links.jsonl`. The tokens in it let people in, so only the
 * user of the service may read it.
 */
export class LinkFile implements LinkSink {
  readonly path: string;

  constructor(private readonly folder: string) {
    this.path = join(folder, 'access-links.jsonl');
  }

  async has(linkId: Id): Promise<boolean> {
    const lines = (await this.text()).split('\n');
    return lines.some((line) => line.startsWith(`{"linkId":"${linkId}"`) && isWhole(line));
  }

  async write({ linkId, token, ...rest }: SentLink): Promise<void> {
    const { made: _made, ...person } = rest;
    const line = { linkId, at: new Date().toISOString(), ...person, path: `/v1/access-links/${token}` };
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = await open(this.path, 'a+', 0o600);
    try {
      // A process may have died within the line before.
      const begin = (await endsWithin(file)) ? '\n' : '';
      await file.appendFile(`${begin}${JSON.stringify(line)}\n`);
    } finally {
      await file.close();
    }
  }

  private async text(): Promise<string> {
    return readFile(this.path, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
      throw error;
    });
  }
}

/** Whether the last line of a file is not finished. */
async function endsWithin(file: FileHandle): Promise<boolean> {
  const { size } = await file.stat();
  if (size === 0) return false;
  const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() !== '\n';
}

function isWhole(line: string): boolean {
  try {
    return JSON.parse(line) !== null;
  } catch {
    return false;
  }
}
