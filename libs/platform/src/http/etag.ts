import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Problem } from '@muster/contracts';

/** The entity tag of a record's version, RFC 9110 section 8.8.3: `"7"`. */
export function etag(version: number): string {
  return `"${version}"`;
}

/** Something as it is answered, with the version that its entity tag tells. */
export interface Versioned<Body> {
  readonly version: number;
  readonly body: Body;
}

/** The body of an answer whose version becomes its entity tag. */
export function withEtag<Body>(response: Response, { version, body }: Versioned<Body>): Body {
  response.setHeader('ETag', etag(version));
  return body;
}

/** As {@link withEtag}, of a body that tells its version itself. */
export function withOwnEtag<Body extends { readonly version: number }>(response: Response, body: Body): Body {
  return withEtag(response, { version: body.version, body });
}

/** No record has this version; what is not an entity tag of ours matches nothing. */
const NO_VERSION = -1;

/**
 * The version that an `If-Match` header asks for; undefined when there is none, or `*`. Weak tags are taken too, because
 * proxies that compress weaken ours. An empty header means no version, so that a client that has lost its tag overwrites
 * nothing.
 */
export function parseIfMatch(header: string | undefined): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,15})"$/.exec(text)?.[1];
  return version === undefined ? NO_VERSION : Number(version);
}

/** The version that the client has read, for {@link checkVersion}. */
export const IfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number | undefined =>
  parseIfMatch(context.switchToHttp().getRequest<Request>().headers['if-match']),
);

/**
 * As {@link IfMatch}, for records that several people edit: a request that does not say which version it means is
 * refused (RFC 6585, section 3).
 * @throws Problem precondition_required
 */
export const RequiredIfMatch = createParamDecorator((_data: unknown, context: ExecutionContext): number | undefined => {
  const header = context.switchToHttp().getRequest<Request>().headers['if-match'];
  if (!header?.trim()) throw new Problem('precondition_required');
  return parseIfMatch(header);
});

/** @throws Problem version_conflict when the client has read another version than there is */
export function checkVersion(expected: number | undefined, actual: number): void {
  if (expected !== undefined && expected !== actual) throw new Problem('version_conflict');
}
