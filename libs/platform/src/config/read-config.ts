import { z } from 'zod';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Says which environment variables are missing or wrong, by name, and never what their values were. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly faults: readonly string[]) {
    super(['The configuration is not valid:', ...faults.map((fault) => `  ${fault}`)].join('\n'));
  }
}

/**
 * Reads a service's configuration. An empty variable counts as not set.
 * @throws ConfigError listing every bad variable
 * @example readConfig({ ...baseConfigShape, fileFolder: z.string() }, process.env) // FILE_FOLDER
 */
export function readConfig<Shape extends z.core.$ZodLooseShape>(
  shape: Shape,
  env: Environment,
): z.output<z.ZodObject<Shape>> {
  const schema = z.object(shape);
  const result = schema.safeParse(collect(schema, env));
  if (result.success) return result.data;
  throw new ConfigError(faultsOf(result.error.issues, schema, env));
}

/** The environment variable of a key: its schema's own (`.meta({ env })`), else the key in capitals. */
export function variableName(key: string, schema: z.core.$ZodType): string {
  const named = envOf(schema);
  return (
    named ??
    key
      .replaceAll('-', '_')
      .replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `_${letter}`)
      .toUpperCase()
  );
}

function envOf(schema: z.core.$ZodType): string | undefined {
  const env = schema instanceof z.ZodType ? schema.meta()?.['env'] : undefined;
  return typeof env === 'string' ? env : undefined;
}

function collect(schema: z.ZodObject, env: Environment): Record<string, unknown> {
  const shape: z.core.$ZodShape = schema.shape;
  const entries = Object.entries(shape).map(([key, inner]): [string, unknown] => {
    if (inner instanceof z.ZodObject) return [key, collect(inner, env)];
    const value = env[variableName(key, inner)];
    return [key, value === '' ? undefined : value];
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

function faultsOf(issues: readonly z.core.$ZodIssue[], schema: z.ZodObject, env: Environment): string[] {
  const faults = issues.map(({ path, message }) => {
    // zod's messages never quote what was received.
    const name = locate(path, schema);
    return `${name}: ${env[name] ? message : 'is missing'}`;
  });
  return [...new Set(faults)].sort();
}

function locate([key, ...rest]: readonly PropertyKey[], schema: z.ZodObject): string {
  const shape: z.core.$ZodShape = schema.shape;
  const name = String(key);
  const inner = shape[name];
  if (inner instanceof z.ZodObject && rest.length > 0) return locate(rest, inner);
  return inner ? variableName(name, inner) : name;
}
