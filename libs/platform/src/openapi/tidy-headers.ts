import type { OpenAPIObject } from '@nestjs/swagger';
import { operationsOf, type NamedOperation } from './operations.js';

type Parameter = NonNullable<NamedOperation['operation']['parameters']>[number];

/**
 * Says each request header once. A handler that reads a header by `@Headers('idempotency-key')` makes Nest list it a second time, as
 * required and in lower case, beside the one that `@ApiHeader` describes; and `Authorization` is said by `security`.
 */
export function tidyHeaders(document: OpenAPIObject): void {
  for (const { operation } of operationsOf(document)) {
    if (operation.parameters) operation.parameters = tidy(operation.parameters).map(shaped);
  }
}

/** What `parseIfMatch` and `Idempotency` take. */
const SHAPES: Readonly<Record<string, object>> = {
  'If-Match': { type: 'string', pattern: '^(\\*|(W/)?"[0-9]{1,15}")$', example: '"7"' },
  'Idempotency-Key': { type: 'string', minLength: 1, maxLength: 128, pattern: '^[!-~]([ -~]*[!-~])?$' },
};

function shaped(parameter: Parameter): Parameter {
  const shape = SHAPES[headerOf(parameter) ?? ''];
  return shape && 'schema' in parameter ? { ...parameter, schema: shape } : parameter;
}

function tidy(parameters: readonly Parameter[]): Parameter[] {
  const described = new Set(parameters.flatMap((parameter) => headerOf(parameter) ?? []).filter((name) => !isPlain(name)));
  const known = new Set([...described].map((name) => name.toLowerCase()));
  return parameters.flatMap((parameter) => {
    const name = headerOf(parameter);
    if (name === undefined || !isPlain(name)) return [parameter];
    if (known.has(name) || name === 'authorization') return [];
    // No operation insists on a header.
    return [{ ...parameter, name: capitals(name), required: false }];
  });
}

function headerOf(parameter: Parameter): string | undefined {
  return 'in' in parameter && parameter.in === 'header' ? parameter.name : undefined;
}

/** As code reads it; described ones are written as people write them. */
function isPlain(name: string): boolean {
  return name === name.toLowerCase();
}

function capitals(name: string): string {
  return name.replaceAll(/(^|-)[a-z]/g, (letter) => letter.toUpperCase()).replace(/-Id$/, '-ID');
}
