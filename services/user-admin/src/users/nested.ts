/** `{'home.city': 'Graz'}` -> `{home: {city: 'Graz'}}`: field ids are paths into the bodies of the API. */
export function nested(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [id, value] of Object.entries(values)) {
    const path = id.split('.');
    const last = path.pop() ?? id;
    let place = result;
    for (const name of path) place = (place[name] ??= {}) as Record<string, unknown>;
    place[last] = value;
  }
  return result;
}

/**
 * What a body has at a field id; undefined when it says nothing of it. An object that is null is null in all it has
 * (RFC 7396).
 */
export function valueAt(body: object, id: string): unknown {
  let value: unknown = body;
  for (const name of id.split('.')) {
    if (value === null || value === undefined) return value;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}
