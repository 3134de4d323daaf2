import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { describe, expect, it } from 'vitest';
import { SERVICES } from '@muster/contracts';
import { baseConfigShape, variableName } from '@muster/platform';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(resolve(root, 'docs/configuration.md'), 'utf8');
const compose = parse(readFileSync(resolve(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  services: Record<string, { environment?: Record<string, string> }>;
};

/** The variables of the tables under a heading. */
function documented(heading: string): string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  return [...section.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name = '']) => name);
}

function variables(shape: z.core.$ZodShape): string[] {
  return Object.entries(shape).flatMap(([key, schema]) =>
    schema instanceof z.ZodObject ? variables(schema.shape) : [variableName(key, schema)],
  );
}

describe('docs/configuration.md', () => {
  it('names every variable that all services have, and those of one alone', () => {
    const ofOne = ['FILES_FOLDER', 'OUTBOUND_TO', 'LINK_DELIVERY', 'LINK_FOLDER'];
    expect(documented('Each service').sort()).toEqual([...variables(baseConfigShape), ...ofOne].sort());
  });

  it.each([...SERVICES, 'provision'])('docker-compose.yml sets what %s needs, and nothing unheard of', (service) => {
    const known = documented(service === 'provision' ? 'The provision command' : 'Each service');
    const needed = [...page.matchAll(/^\| `([A-Z_]+)` \| required/gm)].map(([, name = '']) => name);
    const ofOthers = service === 'import' ? [] : ['FILES_FOLDER'];
    const set = Object.keys(compose.services[service]?.environment ?? {});
    expect(set.filter((name) => !known.includes(name))).toEqual([]);
    expect(needed.filter((name) => known.includes(name) && !ofOthers.includes(name) && !set.includes(name))).toEqual(
      [],
    );
  });
});
