import type { Application } from 'express';

/** What Express keeps of a route; its types leave it out. */
interface Layer {
  match(path: string): boolean;
  readonly route?: { readonly path: unknown; readonly methods: Readonly<Record<string, boolean>> };
}

/** The methods that an address is served with; none when there is nothing at it. */
export function methodsOf(app: Application, path: string): string[] {
  const { stack } = app.router as unknown as { readonly stack: readonly Layer[] };
  const methods = stack.flatMap((layer) =>
    layer.route && matches(layer, path) ? Object.keys(layer.route.methods) : [],
  );
  return [...new Set(methods.filter((method) => method !== '_all').map((method) => method.toUpperCase()))].sort();
}

function matches(layer: Layer, path: string): boolean {
  try {
    return layer.match(path);
  } catch {
    // A path parameter that is no valid percent-encoding.
    return false;
  }
}
