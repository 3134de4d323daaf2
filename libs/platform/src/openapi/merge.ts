import type { OpenAPIObject } from '@nestjs/swagger';
import { SERVICES, serviceOfPath, type ServiceName } from '@muster/contracts';
import { operationsOf } from './operations.js';

export type ServiceDocuments = Readonly<Partial<Record<ServiceName, OpenAPIObject>>>;

/** Says everything that keeps the documents of the services from being one, a line each. */
export class MergeError extends Error {
  override readonly name = 'MergeError';

  constructor(readonly faults: readonly string[]) {
    super(['The OpenAPI documents do not fit together:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
  }
}

/**
 * One OpenAPI 3.1 document of the documents of the services, in an order that depends on names alone.
 * Paths outside `/v1` that several services serve alike (`/health/live`) appear once.
 * @throws MergeError when a name means two things, an operation has no name or summary, or a path is not of its service
 */
export function mergeOpenApi(documents: ServiceDocuments): OpenAPIObject {
  const faults: string[] = [];
  const paths = new Merged('path', faults);
  const tags = new Merged('tag', faults);
  const components = new Map<string, Merged>();
  for (const service of SERVICES) {
    const document = documents[service];
    if (!document) continue;
    faults.push(...pathFaults(service, document));
    paths.addAll(document.paths);
    tags.addAll(Object.fromEntries((document.tags ?? []).map((tag) => [tag.name, tag])));
    for (const [kind, named] of Object.entries(document.components ?? {})) {
      const merged = components.get(kind) ?? new Merged(kind, faults);
      components.set(kind, merged);
      merged.addAll(named as object);
    }
  }
  const merged = {
    openapi: '3.1.0',
    info: {
      title: 'Muster',
      description: 'Bulk import of people and field data for companies with reps.',
      version: '1',
      license: { name: 'MIT', url: 'https://opensource.org/license/mit' },
    },
    servers: [{ url: '/' }],
    tags: Object.values(tags.sorted()),
    paths: paths.sorted(),
    components: Object.fromEntries([...components].sort(byName).map(([kind, named]) => [kind, named.sorted()])),
  } as OpenAPIObject;
  faults.push(...operationFaults(merged));
  if (faults.length > 0) throw new MergeError(faults);
  return merged;
}

const byName = ([a]: [string, unknown], [b]: [string, unknown]) => (a < b ? -1 : 1);

/** Things by name; the same name may come again with the same content, and with no other. */
class Merged {
  private readonly things = new Map<string, unknown>();

  constructor(
    private readonly kind: string,
    private readonly faults: string[],
  ) {}

  addAll(named: object): void {
    for (const [name, thing] of Object.entries(named)) {
      const before = this.things.get(name);
      if (before !== undefined && JSON.stringify(before) !== JSON.stringify(thing)) {
        this.faults.push(`${this.kind} ${name}: two services mean different things by it`);
      }
      this.things.set(name, before ?? thing);
    }
  }

  sorted(): Record<string, unknown> {
    return Object.fromEntries([...this.things].sort(byName));
  }
}

/** An ingress routes by the first path segment, so every path must be among those of its service. */
function pathFaults(service: ServiceName, { paths }: OpenAPIObject): string[] {
  return Object.keys(paths)
    .filter((path) => (path.startsWith('/v1/') || serviceOfPath(path)) && serviceOfPath(path) !== service)
    .map((path) => `path ${path}: served by ${service}, but ROUTES gives it to ${serviceOfPath(path) ?? 'nobody'}`);
}

function operationFaults(document: OpenAPIObject): string[] {
  const faults: string[] = [];
  const seen = new Map<string, string>();
  for (const { name, operation } of operationsOf(document)) {
    if (!operation.summary) faults.push(`${name}: has no summary`);
    if (!operation.operationId) {
      faults.push(`${name}: has no operationId`);
      continue;
    }
    const other = seen.get(operation.operationId);
    if (other) faults.push(`${name}: has the operationId ${operation.operationId} of ${other}`);
    seen.set(operation.operationId, name);
  }
  return faults;
}
