import type { INestApplication, Type } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { plainToInstance } from 'class-transformer';
import { getMetadataStorage } from 'class-validator';
import { withChecks, type Check, type Shape } from './checked-shape.js';
import { inputClassesOf } from './input-classes.js';
import { operationsOf } from './operations.js';

interface Mutable {
  properties?: Record<string, Shape>;
  additionalProperties?: unknown;
}

/**
 * Completes the schemas of bodies and queries by what the validation checks, so that a client can check the same: lengths,
 * limits, patterns, and that nothing else may be sent. Said once, by the decorators that check it.
 */
export function describeInputs(app: INestApplication, document: OpenAPIObject): void {
  const schemas = (document.components?.schemas ?? {}) as Record<string, Mutable>;
  const operations = new Map(operationsOf(document).map(({ operation }) => [operation.operationId, operation]));
  const done = new Set<Type<object>>();
  for (const { operationId, place, type } of inputClassesOf(app)) {
    if (place === 'body') describeBody(type, schemas, done);
    else describeQuery(type, operations.get(operationId)?.parameters ?? []);
  }
}

function describeQuery(type: Type<object>, parameters: readonly object[]): void {
  const checks = checksOf(type);
  for (const parameter of parameters as { name?: string; in?: string; schema?: Shape }[]) {
    const known = parameter.in === 'query' ? checks.get(parameter.name ?? '') : undefined;
    if (known && parameter.schema) parameter.schema = withChecks(parameter.schema, known);
  }
}

function describeBody(type: Type<object>, schemas: Record<string, Mutable>, done: Set<Type<object>>): void {
  const schema = schemas[type.name];
  if (!schema || done.has(type)) return;
  done.add(type);
  schema.additionalProperties = false;
  for (const [name, checks] of checksOf(type)) {
    const property = schema.properties?.[name];
    if (property && schema.properties) schema.properties[name] = withChecks(property, checks);
    if (checks.some((check) => check.name === 'nestedValidation')) describeBody(classOf(type, name), schemas, done);
  }
}

/** What is checked of each property of a class. */
function checksOf(type: Type<object>): Map<string, Check[]> {
  const checks = new Map<string, Check[]>();
  for (const found of getMetadataStorage().getTargetValidationMetadatas(type, '', false, false)) {
    const { propertyName, name = found.type, constraints = [], each } = found;
    const known = checks.get(propertyName) ?? [];
    checks.set(propertyName, [...known, { name, constraints: constraints as unknown[], each }]);
  }
  return checks;
}

/** The class of a property's value, or of the entries of its list, as class-transformer makes it. */
function classOf(type: Type<object>, property: string): Type<object> {
  const made = plainToInstance(type, { [property]: [{}] }) as Record<string, readonly object[]>;
  return (made[property]?.[0]?.constructor ?? Object) as Type<object>;
}
