import { getMetadataStorage, type ValidationError } from 'class-validator';
import { pointerTo, Problem, type ProblemDetail, type ProblemParams } from '@muster/contracts';
import type { ValidationCode } from './validation-texts.js';

type Detail = Pick<ProblemDetail, 'params'> & { readonly code: ValidationCode | 'unknown_property' };

/** `validation_failed` with one entry for each faulty value, pointing at it. */
export function validationProblem(errors: readonly ValidationError[]): Problem {
  const details = errors.flatMap((error) => detailsOf(error, ''));
  return new Problem('validation_failed', { params: { count: details.length }, errors: details });
}

function detailsOf(error: ValidationError, parent: string): ProblemDetail[] {
  const pointer = parent + pointerTo(error.property);
  const [constraint] = Object.keys(error.constraints ?? {});
  const own = constraint === undefined ? [] : [{ pointer, ...detailOf(error, constraint) }];
  return [...own, ...(error.children ?? []).flatMap((child) => detailsOf(child, pointer))];
}

function detailOf(error: ValidationError, constraint: string): Detail {
  if (constraint === 'whitelistValidation') return { code: 'unknown_property', params: { name: error.property } };
  if (error.value === undefined || constraint === 'isDefined') return { code: 'required' };
  const details = DETAILS[constraint];
  if (!details) return { code: 'invalid_value' };
  return details(constraintsOf(error, constraint), error.value);
}

/** What the decorator was given: `@Min(1)` -> `[1]`. */
function constraintsOf({ target, property }: ValidationError, constraint: string): readonly unknown[] {
  if (!target) return [];
  const found = getMetadataStorage()
    .getTargetValidationMetadatas(target.constructor, '', false, false)
    .find((metadata) => metadata.propertyName === property && metadata.name === constraint);
  return found?.constraints ?? [];
}

type DetailMaker = (constraints: readonly unknown[], value: unknown) => Detail;

const typed =
  (expected: string): DetailMaker =>
  () => ({ code: 'wrong_type', params: { expected } });
const format =
  (expected: string): DetailMaker =>
  () => ({ code: 'invalid_format', params: { expected } });
const limit =
  (code: ValidationCode, at = 0): DetailMaker =>
  (constraints) => ({ code, params: numbers({ limit: constraints[at] }) });
const oneOf: DetailMaker = ([values]) => ({ code: 'not_allowed', params: { values: listOf(values) } });

/** By the name of class-validator's constraint. */
const DETAILS: Readonly<Record<string, DetailMaker | undefined>> = {
  isString: typed('text'),
  isInt: typed('integer'),
  isNumber: typed('number'),
  isBoolean: typed('boolean'),
  isArray: typed('list'),
  isObject: typed('object'),
  nestedValidation: typed('object'),
  isDate: typed('date'),
  isNotEmpty: () => ({ code: 'required' }),
  min: limit('too_small'),
  max: limit('too_large'),
  isPositive: () => ({ code: 'too_small', params: { limit: 1 } }),
  minLength: limit('too_short'),
  maxLength: limit('too_long'),
  isLength: ([minimum, maximum], value) => lengthDetail(Number(minimum), maximum, value),
  arrayMinSize: limit('too_few'),
  arrayMaxSize: limit('too_many'),
  arrayNotEmpty: () => ({ code: 'too_few', params: { limit: 1 } }),
  arrayUnique: () => ({ code: 'not_unique' }),
  isIn: oneOf,
  isEnum: oneOf,
  equals: ([value]) => ({ code: 'not_allowed', params: { values: String(value) } }),
  isEmail: format('email'),
  isUrl: format('url'),
  isISO8601: format('date'),
  isDateString: format('date'),
  isTimeZone: format('timeZone'),
  isISO31661Alpha2: format('country'),
  matches: ([pattern]) => ({
    code: 'invalid_format',
    params: { expected: String(pattern) === '/^[0-9a-f]{32}$/' ? 'id' : 'other' },
  }),
};

function lengthDetail(minimum: number, maximum: unknown, value: unknown): Detail {
  if (typeof value !== 'string') return { code: 'wrong_type', params: { expected: 'text' } };
  if (value.length < minimum) return { code: 'too_short', params: { limit: minimum } };
  return { code: 'too_long', params: numbers({ limit: maximum }) };
}

function numbers(params: Record<string, unknown>): ProblemParams {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, Number(value)]));
}

function listOf(values: unknown): string {
  if (typeof values !== 'object' || values === null) return '';
  return Object.values(values).map(String).join(', ');
}
