import type { Type } from '@nestjs/common';
import { Problem } from '@muster/contracts';

const CHOICE = 'muster:choice';

interface Choice {
  readonly properties: readonly string[];
  /** Whether two of them contradict each other. */
  readonly exactly: boolean;
}

/** Of a body: exactly one of these properties is sent. */
export function OneOf(...properties: readonly string[]): ClassDecorator {
  return (target) => Reflect.defineMetadata(CHOICE, { properties, exactly: true } satisfies Choice, target);
}

/** Of a body: at least one of these properties is sent. */
export function AnyOf(...properties: readonly string[]): ClassDecorator {
  return (target) => Reflect.defineMetadata(CHOICE, { properties, exactly: false } satisfies Choice, target);
}

/** @throws Problem validation_failed, when a body lacks all of what its class wants one of, or has too many of it */
export function requireChoice(body: object, type: Type<object>): void {
  const choice = choiceOf(type);
  if (!choice) return;
  const { properties, exactly } = choice;
  const sent = properties.filter((property) => isSent((body as Record<string, unknown>)[property]));
  if (sent.length === 0) throw refused(properties[0], 'required');
  if (exactly && sent.length > 1) throw refused(sent[1], 'invalid_value');
}

/** The same for the API document, JSON Schema 2020-12; null is as good as nothing. */
export function choiceSchema(type: Type<object>): Readonly<Record<string, unknown>> {
  const choice = choiceOf(type);
  if (!choice) return {};
  const ways = choice.properties.map((property) => ({
    required: [property],
    properties: { [property]: { not: { type: 'null' } } },
  }));
  // Types made from an `anyOf` of its own would forget the other properties.
  return choice.exactly ? { oneOf: ways } : { allOf: [{ anyOf: ways }] };
}

function choiceOf(type: Type<object>): Choice | undefined {
  return Reflect.getMetadata(CHOICE, type) as Choice | undefined;
}

function isSent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function refused(property: string | undefined, code: string): Problem {
  return new Problem('validation_failed', { params: { count: 1 }, errors: [{ pointer: `/${property}`, code }] });
}
