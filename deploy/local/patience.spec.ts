import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const files = globSync('{libs,services,deploy,bench}/**/*.ts', { cwd: root }).filter((file) => !file.includes('dist/'));

const countOf = (text: string, what: RegExp) => [...text.matchAll(what)].length;

it('whatever waits in a test has the patience of all: who has less fails on a machine that is slower', () => {
  expect(files.length).toBeGreaterThan(500);
  const impatient = files.filter((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const waits = countOf(text, /\bvi\s*\.wait(?:For|Until)\(/g);
    return waits > countOf(text, /\bPATIENT,?\s*\)/g) || /\.poll\([^;]*?\{[^{};]*\btimeout\b/.test(text);
  });
  expect(impatient).toEqual([]);
});
