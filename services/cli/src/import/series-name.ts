import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ImportPart } from './api-types.js';
import type { CutPart, PartLimits } from './cut-file.js';

/** Goes up when the same file would be cut otherwise than before. */
const WAY_OF_CUTTING = 1;

/**
 * What the series of a file are called, up to what tells those of several runs apart. It is made of what the parts are made
 * of, so that an import that was broken off is found again by its file, and nothing has to be kept on this machine.
 */
export async function seriesPrefix(path: string, configuration: object, limits: PartLimits): Promise<string> {
  const hash: Hash = createHash('sha256').update(JSON.stringify([WAY_OF_CUTTING, configuration, limits]));
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return `muster-import-${hash.digest('hex').slice(0, 32)}-`;
}

/** Whether what is in under the number of a part is that part. */
export async function isPresent(present: ImportPart | undefined, part: CutPart): Promise<boolean> {
  if (!present || (present.rowOffset ?? 0) !== part.rowOffset || present.rows !== part.rows) return false;
  // Workbooks have the time in which they were written in them; the names of parts have the digest of their rows.
  if (!part.isWhole) return present.fileName === part.fileName;
  if (present.size !== part.file.size) return false;
  const hash = createHash('sha256');
  for await (const chunk of part.file.stream()) hash.update(chunk as Uint8Array);
  return hash.digest('hex') === present.sha256;
}
