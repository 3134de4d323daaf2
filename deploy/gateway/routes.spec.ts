import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROUTES, SERVICES, serviceOfPath } from '@muster/contracts';

const conf = readFileSync(join(import.meta.dirname, 'nginx.conf'), 'utf8');
const locations = [...conf.matchAll(/location ~ (\S+) \{ proxy_pass http:\/\/([a-z-]+):3000; \}/g)].map(
  ([, pattern = '', service = '']) => ({ pattern: new RegExp(pattern), service }),
);

/** The service that the gateway of docker-compose.yml sends a path to. */
function gatewayOf(path: string): string {
  return locations.find(({ pattern }) => pattern.test(path))?.service ?? 'nobody';
}

const prefixes = SERVICES.flatMap((service) =>
  [`/v1/${service}`, ...ROUTES[service]].map((prefix) => [prefix, service]),
);

describe('gateway', () => {
  it.each(prefixes)('sends %s to %s, like ROUTES', (prefix, service) => {
    expect([gatewayOf(prefix), gatewayOf(`${prefix}/1`)]).toEqual([service, service]);
  });

  it('knows no segment that ROUTES does not', () => {
    const segments = [...conf.matchAll(/v1\/\(([a-z|-]+)\)/g)].flatMap(([, names = '']) => names.split('|'));
    expect(segments.length).toBeGreaterThan(SERVICES.length);
    expect(segments.filter((segment) => serviceOfPath(`/v1/${segment}`) === undefined)).toEqual([]);
  });
});
