import type { INestApplication, Type } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { choiceSchema } from '../http/one-of.js';
import { mayBeNull, orNull, withChecks, type Check, type Shape } from './checked-shape.js';
import { inputClassesOf } from './input-classes.js';
import { operationsOf } from './operations.js';

interface BodySchema {
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: unknown;
}

type Checks = ReadonlyMap<string, readonly Check[]>;

/**
 * Completes the schemas of bodies and queries by what the validation checks, so that a client can check the same: lengths,
 * limits, patterns, where null passes, and that nothing else may be sent. It is said once, by the decorators that check it.
 */
export function describeInputs(app: INestApplication, document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, BodySchema>;
  const operations = new Map(operationsOf(document).map(({ operation }) => [operation.operationId, operation]));
  const done = new Set<Type<object>>();
  for (const { operationId, place, type } of inputClassesOf(app)) {
    const { parameters = [], requestBody } = operations.get(operationId) ?? {};
    if (place === 'query') {
      describeQuery(checksOf(type), parameters);
      continue;
    }
    describeBody(type, schemas, done);
    // Nothing at all is as good as an empty object, where nothing is needed.
    if (place === 'body' && requestBody && 'content' in requestBody && !wantsSomething(type, schemas[type.name])) {
      requestBody.required = false;
    }
  }
}

function wantsSomething(type: Type<object>, schema: BodySchema | undefined): boolean {
  return Boolean(schema?.required?.length) || Object.keys(choiceSchema(type)).length > 0;
}

function describeQuery(checks: Checks, parameters: readonly object[]): void {
  for (const parameter of parameters as { name?: string; in?: string; schema?: Shape }[]) {
    const known = parameter.in === 'query' ? checks.get(parameter.name ?? '') : undefined;
    if (known && parameter.schema) parameter.schema = withChecks(parameter.schema, known);
  }
}

function describeBody(type: Type<object>, schemas: Record<string, BodySchema>, done: Set<Type<object>>): void {
  const schema = schemas[type.name];
  if (!schema || done.has(type)) return;
  done.add(type);
  schema.additionalProperties = false;
  Object.assign(schema, choiceSchema(type));
  const properties = schema.properties ?? {};
  for (const [name, checks] of checksOf(type)) {
    const property = properties[name];
    if (!property) continue;
    const checked = withChecks(property, checks);
    properties[name] = mayBeNull(checks) ? orNull(checked) : checked;
    if (checks.some((check) => check.name === 'nestedValidation')) describeBody(classOf(type, name), schemas, done);
  }
}

/** What is checked of each property of a class. */
function checksOf(type: Type<object>): Checks {
  const checks = new Map<string, Check[]>();
  for (const found of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false)) {
    const { propertyName, name = found.type, constraints = [] } = found;
    const check: Check = { name, constraints: constraints as unknown[] };
    checks.set(propertyName, [...(checks.get(propertyName) ?? []), check]);
  }
  return checks;
}

/** The class of a property's value, or of the entries of its list, as class-transformer makes it. */
function classOf(type: Type<object>, property: string): Type<object> {
  const made = plainToInstance(type, { [property]: [{}] }) as Record<string, readonly object[]>;
  return (made[property]?.[0]?.constructor ?? Object) as Type<object>;
}
