/** What class-validator was told of a value: `Max(500)` is `max` with `[500]`. */
export interface Check {
  readonly name: string;
  readonly constraints: readonly unknown[];
  /** Of every entry of a list. */
  readonly each: boolean;
}

export type Shape = Readonly<Record<string, unknown>>;

type Shaper = (constraints: readonly unknown[]) => Shape;

const text = (shape: Shape): Shaper => () => shape; // prettier-ignore
const limit = (...keywords: string[]): Shaper => (constraints) => // prettier-ignore
  Object.fromEntries(
    keywords.flatMap((keyword, at) => {
      const value = constraints[at];
      return typeof value === 'number' && Number.isFinite(value) ? [[keyword, value]] : [];
    }),
  );

/** Of the value itself. What is not here has no word in JSON Schema, or the type says it. */
const OF_VALUE: Readonly<Record<string, Shaper>> = {
  isInt: text({ type: 'integer' }),
  min: limit('minimum'),
  max: limit('maximum'),
  minLength: limit('minLength'),
  maxLength: limit('maxLength'),
  isLength: limit('minLength', 'maxLength'),
  isNotEmpty: text({ minLength: 1, pattern: '\\S' }),
  isEmail: text({ format: 'email' }),
  isISO8601: text({ format: 'date-time' }),
  isISO31661Alpha2: text({ pattern: '^[A-Za-z]{2}$' }),
  matches: ([pattern]) => (pattern instanceof RegExp && pattern.flags === '' ? { pattern: pattern.source } : {}),
};

const OF_LIST: Readonly<Record<string, Shaper>> = {
  arrayMinSize: limit('minItems'),
  arrayMaxSize: limit('maxItems'),
  arrayUnique: text({ uniqueItems: true }),
};

/**
 * A property's schema with what is checked of it beside its type. What the schema says already stays.
 * @param schema of JSON Schema 2020-12, without references
 */
export function withChecks(schema: Shape, checks: readonly Check[]): Shape {
  const isList = [schema['type']].flat().includes('array');
  const [own, entries] = [shapeOf(checks, isList ? OF_LIST : OF_VALUE), shapeOf(checks, OF_VALUE)];
  if (!isList) return merged(schema, own);
  const items = (schema['items'] ?? {}) as Shape;
  return { ...merged(schema, own), ...('$ref' in items ? {} : { items: merged(items, entries) }) };
}

function shapeOf(checks: readonly Check[], shapers: Readonly<Record<string, Shaper>>): Shape {
  return Object.assign({}, ...checks.map(({ name, constraints }) => shapers[name]?.(constraints) ?? {})) as Shape;
}

/** `integer` says more than `number`; everything else that is said already was said by hand. */
function merged(schema: Shape, { type, ...checked }: Shape): Shape {
  const exact = type === undefined ? {} : { type: exactType(schema['type'], type) };
  return { ...schema, ...exact, ...Object.fromEntries(Object.entries(checked).filter(([keyword]) => !(keyword in schema))) };
}

function exactType(said: unknown, checked: unknown): unknown {
  return Array.isArray(said) ? said.map((one) => (one === 'number' ? checked : one) as unknown) : checked;
}
