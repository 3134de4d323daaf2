type Node = Record<string, unknown>;

/**
 * The document with every answer closed: a property that it does not know is then outside of it. Clients are promised less,
 * because answers may gain properties.
 */
export function strictDocument<T extends object>(document: T): T {
  const strict = structuredClone(document) as Node;
  const closer = new Closer(strict);
  for (const item of Object.values(strict['paths'] as Node)) {
    for (const operation of Object.values(item as Node)) {
      for (const response of Object.values((operation as Node)['responses'] as Node)) {
        const { content = {} } = response as { content?: Record<string, { schema?: Node }> };
        for (const { schema } of Object.values(content)) if (schema) closer.close(schema);
      }
    }
  }
  return strict as T;
}

class Closer {
  private readonly schemas: Record<string, Node>;
  private readonly done = new Map<Node, boolean>();

  constructor(document: Node) {
    this.schemas = ((document['components'] as Node | undefined)?.['schemas'] ?? {}) as Record<string, Node>;
  }

  /** @param whole false for one of several that describe a value together: closed, it would refuse the others' properties */
  close(schema: Node, whole = true): void {
    const { $ref } = schema;
    if (typeof $ref === 'string') return this.close(this.schemas[$ref.split('/').at(-1) ?? ''] ?? {}, whole);
    if (this.done.get(schema) === true || this.done.get(schema) === whole) return;
    this.done.set(schema, whole);
    const { properties, items, additionalProperties, allOf, anyOf, oneOf } = schema;
    if (allOf && whole) schema['unevaluatedProperties'] = false;
    else if (properties && whole && additionalProperties === undefined) schema['additionalProperties'] = false;
    for (const part of nodes(allOf)) this.close(part, false);
    for (const choice of [...nodes(anyOf), ...nodes(oneOf)]) this.close(choice, whole);
    for (const inner of [...nodes(properties), ...nodes([items, additionalProperties])]) this.close(inner);
  }
}

function nodes(value: unknown): Node[] {
  return Object.values(value ?? {}).filter((one): one is Node => typeof one === 'object' && one !== null);
}
