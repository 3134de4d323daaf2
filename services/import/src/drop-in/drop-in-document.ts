import { Problem, type ProblemDetail } from '@muster/contracts';
import type { CsvEncoding } from '@muster/tabular';
import { DELIMITER_NAMES, type DropInQuery } from './drop-in-query.dto.js';

type Json = Readonly<Record<string, unknown>>;

/** Encodings by the names that connectors use for them. */
const ENCODINGS: Readonly<Record<string, CsvEncoding>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-8-bom': 'utf-8',
  'utf-16': 'utf-16le',
  'utf-16le': 'utf-16le',
  unicode: 'utf-16le',
  'utf-16be': 'utf-16be',
  unicodefffe: 'utf-16be',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  ansi: 'windows-1252',
  'iso-8859-1': 'iso-8859-1',
  latin1: 'iso-8859-1',
  'iso-8859-15': 'iso-8859-15',
  latin9: 'iso-8859-15',
};

/** How the file of a call is read, where the URL says so. @throws Problem validation_failed */
export function sourceOf({ delimiter, encodingName }: DropInQuery): { delimiter?: string; encoding?: CsvEncoding } {
  const separator = delimiter === undefined ? undefined : DELIMITER_NAMES[delimiter];
  const encoding = encodingName === undefined ? undefined : ENCODINGS[encodingName.trim().toLowerCase()];
  if (encodingName !== undefined && encoding === undefined) {
    throw invalid({ pointer: '/encodingName', code: 'not_allowed', params: { values: allowedEncodings() } });
  }
  return { ...(separator && { delimiter: separator }), ...(encoding && { encoding }) };
}

/**
 * The configuration document of a call: that of its form or the saved one, with what the URL says instead.
 * @throws Problem validation_failed when both say different things that cannot be had together
 */
export function dropInDocument(entity: string, query: DropInQuery, configuration: unknown): unknown {
  if (typeof configuration !== 'object' || configuration === null || Array.isArray(configuration)) return configuration;
  const document = configuration as Json;
  const { mode, language } = query;
  const source = { ...objectOf(document['source']), ...sourceOf(query), ...(language && { language }) };
  const named = document['entity'] ?? entity;
  if (named !== entity)
    throw invalid({ pointer: '/importConfig/entity', code: 'not_allowed', params: { values: entity } });
  const userMapping = userMappingOf(query, document['userMapping']);
  return {
    ...document,
    entity,
    mode: mode ?? document['mode'] ?? 'UpdateOrInsert',
    ...(Object.keys(source).length > 0 && { source }),
    ...(userMapping !== undefined && { userMapping }),
  };
}

function userMappingOf({ userEmail, employeeNumber }: DropInQuery, configured: unknown): unknown {
  if (userEmail !== undefined && employeeNumber !== undefined) {
    throw invalid({ pointer: '/employeeNumber', code: 'invalid_value', params: { reason: 'repTwice' } });
  }
  const value = (userEmail ?? employeeNumber)?.trim();
  if (value === undefined) return configured;
  const by = userEmail === undefined ? 'employeeNumber' : 'email';
  if (configured === undefined) return { by, constant: value };
  const mapping = objectOf(configured);
  if ((mapping['by'] ?? by) !== by) {
    const pointer = userEmail === undefined ? '/employeeNumber' : '/userEmail';
    throw invalid({ pointer, code: 'invalid_value', params: { reason: 'repOtherwise' } });
  }
  // It filters what the configuration would take; what that leaves out stays out.
  const { include } = mapping;
  const isLeftOut = Array.isArray(include) && !include.includes(value);
  return { ...mapping, include: isLeftOut ? [] : [value] };
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

function invalid(error: ProblemDetail): Problem {
  return new Problem('validation_failed', { params: { count: 1 }, errors: [error] });
}

function allowedEncodings(): string {
  return [...new Set(Object.values(ENCODINGS))].join(', ');
}
