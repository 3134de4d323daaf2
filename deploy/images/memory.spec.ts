import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '@muster/contracts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const image = read('deploy/images/Dockerfile');
const compose = parse(read('docker-compose.yml'), { merge: true }) as {
  services: Record<string, { mem_limit?: string }>;
};

/** Megabytes that an option of Node's stands for in the image. */
const option = (name: string) => Number(new RegExp(`^ENV NODE_OPTIONS=.*--${name}=(\\d+)`, 'm').exec(image)?.[1]);
const limitOf = (service: string) => Number(/^(\d+)m$/.exec(compose.services[service]?.mem_limit ?? '')?.[1]);

describe('the memory of a container', () => {
  // Young objects live in three semi-spaces beside the old ones.
  const heap = option('max-old-space-size') + 3 * option('max-semi-space-size');

  it.each(SERVICES)('holds the heap of %s, and nearly as much outside of it', (service) => {
    expect(heap).toBeGreaterThan(0);
    expect(heap).toBeLessThanOrEqual(limitOf(service) * 0.6);
  });

  it('is told in docs/operations.md as it is set', () => {
    const [set = ''] = /NODE_OPTIONS=".*" MALLOC_ARENA_MAX=1/.exec(image) ?? [];
    expect(read('docs/operations.md')).toContain(set);
    expect(set).not.toBe('');
  });
});
