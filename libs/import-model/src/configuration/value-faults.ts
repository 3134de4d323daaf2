import type { z } from 'zod';
import { pointerTo } from '@muster/contracts';
import type { ConfigurationFault } from './configuration.js';

type Issue = z.core.$ZodIssue;

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
  const fault = (code: ConfigurationFault['code'], params: ConfigurationFault['params'] = {}): ConfigurationFault => {
    return { code, pointer, params };
  };
  if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value'))
    return fault('required');
  switch (issue.code) {
    case 'invalid_type':
      return fault('wrong_type', { expected: TYPE_NAMES[issue.expected] ?? 'other' });
    case 'invalid_value':
      return fault('not_allowed', { values: issue.values.map(String).join(', ') });
    case 'too_small':
      return fault(issue.origin === 'string' || issue.origin === 'array' ? 'too_short' : 'too_small', {
        limit: Number(issue.minimum),
      });
    case 'too_big':
      return fault(issue.origin === 'string' ? 'too_long' : issue.origin === 'array' ? 'too_many' : 'too_large', {
        limit: Number(issue.maximum),
      });
    case 'custom':
      return issue.params
        ? fault('invalid_format', { expected: String(issue.params['format']) })
        : fault('invalid_value');
    default:
      return fault('invalid_value');
  }
}
