// npm links the commands of what a project depends on, not the project's own. Without the link `npx muster` works too, but
// npm first looks for what it would have to install, which takes longer than the command.
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './run.mjs';

const COMMAND = join(ROOT, 'services/cli/muster.mjs');
const LINK = join(ROOT, 'node_modules/.bin/muster');

// Images install before they have the sources; on Windows a link is no command.
if (existsSync(COMMAND) && process.platform !== 'win32') {
  mkdirSync(dirname(LINK), { recursive: true });
  rmSync(LINK, { force: true });
  symlinkSync(relative(dirname(LINK), COMMAND), LINK);
  chmodSync(COMMAND, 0o755);
}
