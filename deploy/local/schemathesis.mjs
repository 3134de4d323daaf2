// Schemathesis, for `npm run check:api`, is a Python program; it comes from PyPI into a folder of its own.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { aptInstall, aptUpdate, mayInstall } from './apt.mjs';
import { giveUp, outputOf, ROOT, run, withoutOwnTools } from './run.mjs';

const REQUIREMENTS = join(ROOT, 'deploy', 'checks', 'api', 'requirements.txt');
const HOW = `Install it (Debian, Ubuntu: sudo apt-get install python3-venv; macOS: brew install python) and try again.`;

const hasPython = () =>
  outputOf('python3', ['-c', 'import ensurepip, sys, venv; assert sys.version_info >= (3, 10)']) !== undefined;

/** @returns the folder of the program, made when it is not there */
export async function ensureSchemathesis() {
  const [, version] = /^schemathesis==(\S+)$/m.exec(readFileSync(REQUIREMENTS, 'utf8'));
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'muster');
  const folder = join(cache, `schemathesis-${version}`);
  const bin = join(folder, 'bin');
  const stamp = join(folder, '.complete');
  if (existsSync(stamp)) return bin;
  await ensurePython();
  console.log(`Installing schemathesis ${version} into ${folder}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(cache, { recursive: true });
  const pip = ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', '-r', REQUIREMENTS];
  const code =
    (await run('python3', ['-m', 'venv', folder], withoutOwnTools)) ||
    (await run(join(bin, 'python3'), pip, withoutOwnTools));
  if (code !== 0) giveUp(`Schemathesis could not be installed from PyPI (exit code ${code}); what is above says why.`);
  writeFileSync(stamp, '');
  return bin;
}

async function ensurePython() {
  if (hasPython()) return;
  if (!mayInstall()) giveUp(`Schemathesis needs Python 3.10 or newer with venv, which this machine has not. ${HOW}`);
  const code = (await aptUpdate()) || (await aptInstall(['python3', 'python3-venv']));
  if (!hasPython())
    giveUp(`Schemathesis needs Python 3.10 or newer, and apt could not install it (exit code ${code}).`);
}
