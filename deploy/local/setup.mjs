// Makes a fresh clone ready, does nothing when it is, and then runs a command with the project's own Node:
//   node deploy/local/setup.mjs [--build] [--java] [--schemathesis] -- COMMAND [ARGUMENT...]
// Plain JavaScript without dependencies, because it runs before there are any, and on Node 20.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, isBuilt } from './build.mjs';
import { ensureJavaAndMaven } from './java.mjs';
import { ensureReachable } from './reachable.mjs';
import { giveUp, outputOf, ROOT, run, withoutOwnTools, withTools } from './run.mjs';
import { ensureSchemathesis } from './schemathesis.mjs';

const OLDEST_NODE = 20;
const OWN_NODE = 24;
const LOCK = join(ROOT, 'package-lock.json');
const MODULES = join(ROOT, 'node_modules');
const STAMP = join(MODULES, '.muster-lock');

const separator = process.argv.indexOf('--');
const options = process.argv.slice(2, separator === -1 ? undefined : separator);
const [command, ...args] = separator === -1 ? [] : process.argv.slice(separator + 1);

const major = (version) => Number(/^v?(\d+)/.exec(version ?? '')?.[1] ?? 0);

if (major(process.version) < OLDEST_NODE) {
  giveUp(
    `Muster needs Node ${OLDEST_NODE} or newer to set itself up; this is ${process.version}. Get it from https://nodejs.org.`,
  );
}
await ensureDependencies();
ensureReachable();
if (options.includes('--java')) await ensureJavaAndMaven();
const tools = options.includes('--schemathesis') ? [await ensureSchemathesis()] : [];
if (options.includes('--build') && !isBuilt()) {
  console.log('Building (the sources changed since the last build)');
  if ((await build()) !== 0) giveUp('The build failed; what is above says where.');
}
if (command) process.exitCode = await run(command, args, withTools(tools));

async function ensureDependencies() {
  const lock = createHash('sha256').update(readFileSync(LOCK)).digest('hex');
  if (!isInstalled(lock)) {
    console.log('Installing dependencies (npm ci)');
    // npm replaces the folder that the project's own Node lives in, so it runs on the machine's.
    const code = await run('npm', ['ci', '--include=dev', '--loglevel=error'], withoutOwnTools);
    if (code !== 0) giveUp(`npm ci failed (exit code ${code}); what is above says why.`);
    writeFileSync(STAMP, lock);
  }
  const version = outputOf('node', ['--version'])?.trim();
  if (major(version) < OWN_NODE) {
    giveUp(
      `Node ${OWN_NODE} should have come with the dependencies, but "node" is ${version ?? 'missing'}. ` +
        `Were install scripts switched off? Run "npm ci --ignore-scripts=false", or install Node ${OWN_NODE}.`,
    );
  }
}

function isInstalled(lock) {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === lock) return true;
  // Somebody ran npm by hand.
  const byNpm = join(MODULES, '.package-lock.json');
  return existsSync(byNpm) && statSync(byNpm).mtimeMs >= statSync(LOCK).mtimeMs;
}
