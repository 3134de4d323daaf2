import type { OpenAPIObject } from '@nestjs/swagger';
import { problemKind, type ProblemCode } from '@muster/contracts';
import { PROBLEMS_EXTENSION } from '../problems/problems.decorator.js';
import { TEXT_EXTENSION } from '../problems/text-problems.js';
import { BODIES_EXTENSION } from './bodies.decorator.js';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']> & Readonly<Record<`x-${string}`, unknown>>;
type Responses = Operation['responses'];
type Response = NonNullable<Responses[string]>;

const METHODS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** Adds to each operation who may call it and every problem that it may answer with. @throws when two share an id */
export function completeOperations(document: OpenAPIObject): void {
  const ids = new Set<string>();
  for (const item of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation = item[method] as Operation | undefined;
      if (!operation) continue;
      const { operationId = '' } = operation;
      if (ids.has(operationId)) throw new Error(`Two operations are called ${operationId}`);
      ids.add(operationId);
      completeOperation(operation);
    }
  }
}

function completeOperation(operation: Operation): void {
  const needs = needsOf(operation);
  if (needs) operation.description = [operation.description, needs].filter(Boolean).join('\n\n');
  for (const [status, problem] of Object.entries(problemResponses(problemsOf(operation), contentOf(operation)))) {
    if (problem) operation.responses[status] = besideOwn(operation.responses[status], problem);
  }
  sayBodies(operation);
  for (const extension of [PROBLEMS_EXTENSION, BODIES_EXTENSION, TEXT_EXTENSION]) Reflect.deleteProperty(operation, extension);
}

/** What `@Bodies` says, each under its own media type. */
function sayBodies({ requestBody, [BODIES_EXTENSION]: schemas }: Operation): void {
  if (!schemas || !requestBody || !('content' in requestBody)) return;
  requestBody.content = Object.fromEntries(Object.entries(schemas).map(([type, schema]) => [type, { schema: schema as object }]));
}

function needsOf(operation: Operation): string | undefined {
  const roles = operation['x-muster-roles'];
  if (!Array.isArray(roles)) return undefined;
  const scope = operation['x-muster-scope'];
  const people = roles.length > 0 ? `the role ${roles.join(' or ')}` : '';
  const key = typeof scope === 'string' ? `an API key with the scope ${scope}` : '';
  return `Needs ${[people, key].filter(Boolean).join(', or ')}.`;
}

/** A status under which the operation answers something of its own too, such as a text, has both. */
function besideOwn(own: Response | undefined, problem: Response): Response {
  if (!own || !('content' in own) || !('content' in problem)) return problem;
  return { description: `${own.description} ${problem.description}`, content: { ...own.content, ...problem.content } };
}

/** The operation's own codes and those that follow from what it takes. */
function problemsOf(operation: Operation): ProblemCode[] {
  const parameters = (operation.parameters ?? []).flatMap((parameter) => ('name' in parameter ? [parameter] : []));
  const takes = (name: string) => parameters.some((parameter) => parameter.name === name);
  const own = (operation[PROBLEMS_EXTENSION] ?? []) as ProblemCode[];
  const codes: ProblemCode[] = [...own, 'internal_error', 'service_unavailable'];
  // A password may come with any request, by HTTP Basic.
  if (operation['x-muster-roles']) codes.push('unauthenticated', 'forbidden', 'too_many_attempts');
  if (operation.requestBody) codes.push('malformed_request', 'request_too_large', 'unsupported_media_type');
  if (operation.requestBody || parameters.some(({ in: place }) => place === 'query')) codes.push('validation_failed');
  if (takes('cursor')) codes.push('invalid_cursor');
  if (operation['x-muster-idempotent']) {
    codes.push('idempotency_key_in_use', 'idempotency_key_reused', 'idempotency_key_invalid');
  }
  return [...new Set(codes)].sort();
}

type ProblemContent = (codes: readonly ProblemCode[]) => Record<string, { schema: object }>;

function contentOf(operation: Operation): ProblemContent {
  return operation[TEXT_EXTENSION] ? () => ({ 'text/plain': { schema: { type: 'string' } } }) : jsonContent;
}

function problemResponses(codes: readonly ProblemCode[], content: ProblemContent): Responses {
  const statuses = [...new Set(codes.map((code) => problemKind(code).status))].sort((a, b) => a - b);
  return Object.fromEntries(
    statuses.map((status) => [status, problemResponse(codes.filter((code) => problemKind(code).status === status), content)]),
  );
}

function problemResponse(codes: readonly ProblemCode[], content: ProblemContent): Responses[string] {
  const description = codes.map((code) => `\`${code}\`: ${problemKind(code).title.en}.`).join(' ');
  return { description, content: content(codes) };
}

function jsonContent(codes: readonly ProblemCode[]): ReturnType<ProblemContent> {
  const code = { type: 'object', properties: { code: { type: 'string', enum: [...codes] } } };
  return { 'application/problem+json': { schema: { allOf: [{ $ref: '#/components/schemas/Problem' }, code] } } };
}
