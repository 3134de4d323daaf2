// `npm run check`: everything that can be said about the code without running its tests, each by its own command.
import { spawn } from 'node:child_process';
import { ROOT, withOwnTools } from './run.mjs';

const CHECKS = [
  ['format:check', 'layout (prettier)'],
  ['lint', 'lint with types (oxlint)'],
  ['typecheck', 'types (tsc)'],
  ['deps:check', 'doors between the rooms (dependency-cruiser)'],
  ['knip', 'unused files, exports and packages (knip)'],
  ['openapi:check', 'OpenAPI document fits the code'],
  ['client:check', 'typed client fits the OpenAPI document'],
  ['asyncapi:check', 'AsyncAPI document fits the contracts'],
  ['problems:check', 'page of problem codes fits the catalogues'],
  ['migrations:check', 'migrations fit the entities'],
];

function quietly(script) {
  return new Promise((settle) => {
    const child = spawn('npm', ['run', '--silent', script], { cwd: ROOT, env: withOwnTools });
    let output = '';
    const keep = (chunk) => (output += chunk);
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => settle({ code: 127, output: error.message }));
    child.once('close', (code) => settle({ code, output }));
  });
}

const failed = [];
for (const [script, what] of CHECKS) {
  const started = Date.now();
  const { code, output } = await quietly(script);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${what}: npm run ${script} (${seconds} s)`);
  if (code === 0) continue;
  failed.push(script);
  console.log(output.trimEnd().replaceAll(/^/gm, '       '));
}
console.log(failed.length === 0 ? `\nAll ${CHECKS.length} checks passed.` : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
