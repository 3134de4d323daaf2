import type { z } from 'zod';
import { pointerTo } from '@muster/contracts';
import { nearest, nearParams } from '../text/nearest.js';
import type { ConfigurationFault } from './configuration.js';

type Issue = z.core.$ZodIssue;
type Params = ConfigurationFault['params'];
type MakeFault = (code: ConfigurationFault['code'], params?: Params) => ConfigurationFault;

const TYPE_NAMES: Readonly<Record<string, string>> = {
  string: 'text',
  int: 'integer',
  number: 'number',
  boolean: 'boolean',
  array: 'list',
  object: 'object',
};

/** An issue of the schema in the words of request validation. */
export function valueFault(issue: Issue): ConfigurationFault {
  const pointer = pointerTo(...issue.path);
  const fault: MakeFault = (code, params = {}) => ({ code, pointer, params });
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value'))
    return fault('required');
  switch (issue.code) {
    case 'invalid_type':
      return fault('wrong_type', { expected: TYPE_NAMES[issue.expected] ?? 'other' });
    case 'invalid_value':
      return fault('not_allowed', notAllowed(issue.values, issue.input));
    case 'too_small':
      return fault(issue.origin === 'string' ? 'too_short' : issue.origin === 'array' ? 'too_few' : 'too_small', {
        limit: Number(issue.minimum),
      });
    case 'too_big':
      return fault(issue.origin === 'string' ? 'too_long' : issue.origin === 'array' ? 'too_many' : 'too_large', {
        limit: Number(issue.maximum),
      });
    case 'custom':
      return customFault(issue.params ?? {}, fault);
    case 'invalid_union': {
      // What is nearly right says what is wrong; of another type is all of the rest.
      const near = issue.errors.flat().find(({ code }) => code !== 'invalid_type');
      return near ? valueFault({ ...near, path: issue.path }) : fault('invalid_value');
    }
    default:
      return fault('invalid_value');
  }
}

/** What a check of our own says is wrong: `format`, or `reason` with a `limit`. */
function customFault(
  { format, reason, limit }: Readonly<Record<string, unknown>>,
  fault: MakeFault,
): ConfigurationFault {
  if (typeof format === 'string') return fault('invalid_format', { expected: format });
  return fault('invalid_value', typeof reason === 'string' ? { reason, limit: Number(limit) } : {});
}

function notAllowed(values: readonly z.core.util.Primitive[], input: unknown): Params {
  const isNewer =
    values.length === 1 && typeof values[0] === 'number' && typeof input === 'number' && input > values[0];
  return {
    values: values.map(shownValue).join(', '),
    ...(isNewer && { newer: 'yes' }),
    ...nearParams(typeof input === 'string' ? nearest(input, values.map(String)) : undefined),
  };
}

/** A delimiter would be lost between those of the sentence. */
function shownValue(value: z.core.util.Primitive): string {
  const text = String(value);
  return /^[\w-]+$/.test(text) ? text : JSON.stringify(text);
}
