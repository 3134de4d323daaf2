// What a build is made of, as one hash. Independent of git and of file times, so that a checkout back and forth builds nothing.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOTS = ['services', 'libs', 'bench', 'samples'];
const FILES = ['nest-cli.json', 'tsconfig.json', 'package-lock.json'];
const BUILT = /(?<!spec)\.(ts|json)$/;

/**
 * @param {string} root the repository
 * @param {string[]} folders whose sources count
 */
export function hashSources(root, folders = ROOTS) {
  const hash = createHash('sha256');
  for (const file of [...FILES, ...folders.flatMap((folder) => filesBelow(root, folder))]) {
    if (existsSync(join(root, file)))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(root, file)))
        .update('\0');
  }
  return hash.digest('hex');
}

function filesBelow(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && BUILT.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
}
