// Runs other programs for the scripts beside this file.
import { spawn, spawnSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const BIN = join(ROOT, 'node_modules', '.bin');
const path = (process.env['PATH'] ?? '').split(delimiter);

/** The project's own tools first, its Node among them. */
export const withOwnTools = { ...process.env, PATH: [BIN, ...path.filter((entry) => entry !== BIN)].join(delimiter) };
/** With the programs of other folders in front. */
export const withTools = (folders) => ({ ...withOwnTools, PATH: [...folders, withOwnTools.PATH].join(delimiter) });
/** Without them: for what replaces or does not need them. */
export const withoutOwnTools = { ...process.env, PATH: path.filter((entry) => entry !== BIN).join(delimiter) };

/** Runs a program to its end with its output shown; resolves to its exit code, 127 when there is no such program. */
export function run(command, args, env = withOwnTools) {
  return new Promise((settle) => {
    const child = spawn(command, args, { cwd: ROOT, env, stdio: 'inherit' });
    // Ctrl-C reaches the child from the terminal by itself; this process waits for what the child makes of it.
    const forward = (signal) => (signal === 'SIGINT' && process.stdin.isTTY ? undefined : child.kill(signal));
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    signals.forEach((signal) => process.on(signal, forward));
    const end = (code) => {
      signals.forEach((signal) => process.off(signal, forward));
      settle(code);
    };
    child.once('error', () => end(127));
    child.once('exit', (code) => end(code ?? 1));
  });
}

/** What a program prints on both outputs, or undefined when it does not run. */
export function outputOf(command, args, env = withOwnTools) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, env, encoding: 'utf8' });
  return status === 0 ? stdout + stderr : undefined;
}

/** Ends with one sentence that says what is missing. */
export function giveUp(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}
