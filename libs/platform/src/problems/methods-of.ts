import type { Application } from 'express';

/** What Express keeps of a route; its types leave it out. */
interface Layer {
  match(path: string): boolean;
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> };
}

/**
 * The methods that an address is served with; none when there is nothing at it. Of routes that fit, the one with the fewest
 * parameters says what the address is: `/v1/users/export` is not a user.
 */
export function methodsOf(app: Application, path: string): string[] {
  const { stack } = app.router as unknown as { readonly stack: readonly Layer[] };
  const routes = stack.flatMap((layer) => (layer.route && matches(layer, path) ? [layer.route] : []));
  const [nearest] = routes.toSorted((a, b) => parametersOf(a) - parametersOf(b));
  const methods = routes.filter((route) => route.path === nearest?.path).flatMap((route) => Object.keys(route.methods));
  return [...new Set(methods.filter((method) => method !== '_all').map((method) => method.toUpperCase()))].sort();
}

function parametersOf({ path }: { readonly path: unknown }): number {
  return String(path).split('/:').length - 1;
}

function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    // A path parameter that is no valid percent-encoding.
    return false;
  }
}
