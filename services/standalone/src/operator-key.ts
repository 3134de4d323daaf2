import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createOperatorKey } from '../../user-admin/src/create-operator-key.js';
import type { PreparedDatabase } from './database.js';

/** The key with which the first companies are made: created once for a data folder, and kept in it. */
export async function firstOperatorKey(
  dataFolder: string,
  { urls }: Pick<PreparedDatabase, 'urls'>,
): Promise<{ kind: 'new' | 'kept'; secret: string; file: string }> {
  const file = join(dataFolder, 'operator-key');
  if (existsSync(file)) return { kind: 'kept', secret: (await readFile(file, 'utf8')).trim(), file };
  const secret = await createOperatorKey({ url: urls['user-admin'].url });
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await writeFile(file, `${secret}\n`, { mode: 0o600 });
  return { kind: 'new', secret, file };
}
