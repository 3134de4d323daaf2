import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the services' roles sign in with: made once for a data folder, and kept in it, so that a start changes no role. */
export async function keptRolePassword(dataFolder: string): Promise<string> {
  const file = join(dataFolder, 'role-password');
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim();
  const password = randomBytes(24).toString('hex');
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}
