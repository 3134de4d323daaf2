#!/usr/bin/env node
// The command `muster`. Plain JavaScript on Node 20 or newer: it compiles the command itself when its sources have changed.
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const UNEXPECTED = 2;

function giveUp(error) {
  const detail = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${JSON.stringify({ code: 'internal_error', title: 'Internal error', detail })}\n`);
  process.exit(UNEXPECTED);
}

process.once('uncaughtException', giveUp);
try {
  const { compiledCommand } = await import(pathToFileURL(join(ROOT, 'deploy/local/command.mjs')).href);
  const { main } = await import(pathToFileURL(await compiledCommand(ROOT)).href);
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  giveUp(error);
}
