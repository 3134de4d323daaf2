import { Problem, type ProblemDetail } from '@muster/contracts';
import { parseConfiguration, type ImportConfiguration } from '@muster/import-model';
import { requireStorable } from '@muster/platform';
import type { SchemaOf } from '../schema/entity-schemas.js';

/**
 * Reads a configuration, for a file with these columns where there is one.
 * @param schemaOf the entities as the company has them
 * @throws Problem configuration_invalid, with every fault
 */
export function readConfiguration(
  document: unknown,
  schemaOf: SchemaOf,
  columns?: readonly string[],
): ImportConfiguration {
  const result = parseConfiguration(document, columns, schemaOf);
  if (result.ok) return result.configuration;
  throw configurationInvalid(result.faults);
}

/** Reads the text of a configuration document, with the checks of a JSON body. @throws Problem malformed_request, validation_failed */
export function parseDocument(text: string): unknown {
  const document = parseJson(text);
  requireStorable(document, '/configuration');
  return document;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Problem('malformed_request', { params: { reason: 'the configuration is not JSON' }, cause });
  }
}

function configurationInvalid(errors: readonly ProblemDetail[]): Problem {
  // One fault of its own kind is the problem; several are listed under one.
  return new Problem('configuration_invalid', { params: { count: errors.length }, errors });
}
