import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const pages = globSync(['*.md', 'docs/**/*.md', 'bench/*.md'], { cwd: root });

/** Where the links of a page lead, as paths from the root; other sites and places within the page left out. */
function linksOf(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target.replace(/#.*$/, ''));
  return targets
    .filter((target) => target !== '' && !/^\w+:/.test(target))
    .map((target) => join(dirname(page), target));
}

describe('the documents', () => {
  it.each(pages)('%s leads to what there is', (page) => {
    expect(linksOf(page).filter((target) => !existsSync(join(root, target)))).toEqual([]);
  });

  it.each([
    ['docs/README.md', 'docs/*.md'],
    ['docs/adr/README.md', 'docs/adr/*.md'],
  ])('%s names every page of its folder', (index, folder) => {
    const named = [index, ...linksOf(index)];
    expect(globSync(folder, { cwd: root }).filter((page) => !named.includes(page))).toEqual([]);
  });
});
