/** What class-validator was told of a value: `Max(500)` is `max` with `[500]`. */
export interface Check {
  readonly name: string;
  readonly constraints: readonly unknown[];
}

/** JSON Schema 2020-12. */
export type Shape = Readonly<Record<string, unknown>>;

type Shaper = (constraints: readonly unknown[]) => Shape;

const always = (shape: Shape): Shaper => () => shape; // prettier-ignore
const limits = (...keywords: readonly string[]): Shaper => (constraints) => // prettier-ignore
  Object.fromEntries(
    keywords.flatMap((keyword, at) => (Number.isFinite(constraints[at]) ? [[keyword, constraints[at]]] : [])),
  );

/** Of the value itself. What is not here has no word in JSON Schema, or the type says it. */
const OF_VALUE: Readonly<Record<string, Shaper>> = {
  isInt: always({ type: 'integer' }),
  min: limits('minimum'),
  max: limits('maximum'),
  minLength: limits('minLength'),
  maxLength: limits('maxLength'),
  isLength: limits('minLength', 'maxLength'),
  isNotEmpty: always({ minLength: 1, pattern: '\\S' }),
  isEmail: always({ format: 'email' }),
  isDate: always({ format: 'date-time' }),
  isISO31661Alpha2: always({ pattern: '^[A-Za-z]{2}$' }),
  matches: ([pattern]) => (pattern instanceof RegExp && pattern.flags === '' ? { pattern: pattern.source } : {}),
};

const OF_LIST: Readonly<Record<string, Shaper>> = {
  arrayMinSize: limits('minItems'),
  arrayMaxSize: limits('maxItems'),
  arrayUnique: always({ uniqueItems: true }),
};

/** A property's schema with what is checked of it. What the schema says already was said by hand, and stays. */
export function withChecks(schema: Shape, checks: readonly Check[]): Shape {
  if (!typesOf(schema).includes('array')) return merged(schema, shapeOf(checks, OF_VALUE));
  const items = (schema['items'] ?? {}) as Shape;
  const entries = '$ref' in items ? items : merged(items, shapeOf(checks, OF_VALUE));
  return { ...merged(schema, shapeOf(checks, OF_LIST)), items: entries };
}

/** Whether null passes for what is left out. */
export function mayBeNull(checks: readonly Check[]): boolean {
  return checks.some(({ name }) => name === 'isOptional');
}

/** A schema that takes null as well. */
export function orNull(schema: Shape): Shape {
  const types = typesOf(schema);
  if (types.length === 0) return { anyOf: [schema, { type: 'null' }] };
  if (types.includes('null')) return schema;
  const values = schema['enum'];
  return { ...schema, type: [...types, 'null'], ...(Array.isArray(values) && { enum: [...(values as unknown[]), null] }) };
}

function typesOf({ type }: Shape): unknown[] {
  return type === undefined ? [] : [type].flat();
}

/** Of several limits of one kind the narrowest. */
function shapeOf(checks: readonly Check[], shapers: Readonly<Record<string, Shaper>>): Shape {
  const shapes = checks.map(({ name, constraints }) => shapers[name]?.(constraints) ?? {});
  const shortest = Math.max(...shapes.map(({ minLength }) => Number(minLength ?? 0)), 0);
  return Object.assign({}, ...shapes, shortest > 0 && { minLength: shortest }) as Shape;
}

function merged(schema: Shape, { type, ...checked }: Shape): Shape {
  const unsaid = Object.entries(checked).filter(([keyword]) => !(keyword in schema));
  // `integer` says more than `number`.
  const types = typesOf(schema).map((one) => (one === 'number' && type === 'integer' ? type : one));
  return { ...schema, ...(type !== undefined && { type: types.length === 1 ? types[0] : types }), ...Object.fromEntries(unsaid) };
}
