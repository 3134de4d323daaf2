// `npm run build`: everything into dist/, marked with the hash of its sources so that nobody builds the same twice.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ROOT, run } from './run.mjs';
import { hashSources } from './sources.mjs';

const DIST = join(ROOT, 'dist');
const STAMP = join(DIST, '.sources');

export function isBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === hashSources(ROOT);
}

/** Resolves to the exit code of the compiler. A failed build leaves no stamp. */
export async function build() {
  const hash = hashSources(ROOT);
  // Kept by the compiler otherwise: a renamed migration would run under both names.
  rmSync(DIST, { recursive: true, force: true });
  const code = await run('nest', ['build', '--all', '--parallel']);
  if (code !== 0) return code;
  mkdirSync(DIST, { recursive: true });
  writeFileSync(STAMP, hash);
  return 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exitCode = await build();
