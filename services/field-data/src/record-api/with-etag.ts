import type { Response } from 'express';
import { etag } from '@muster/platform';

/** Answers with the version as the ETag. */
export function withEtag<T extends { readonly version: number }>(response: Response, body: T): T {
  response.setHeader('ETag', etag(body.version));
  return body;
}
