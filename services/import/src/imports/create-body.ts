import type { Request } from 'express';
import { RequestValidationPipe } from '@muster/platform';
import type { OpenPartsBody } from '../parts/parts.dto.js';
import { CreateImportBody } from './import-request.dto.js';

const pipe = new RequestValidationPipe();

/** What an import is made of: a file that is there, or one that comes in parts. */
export type NewImportBody = Omit<CreateImportBody, 'uploadId' | 'parts'> &
  ({ readonly uploadId: string; readonly parts?: undefined } | { readonly parts: OpenPartsBody });

/** The JSON form of a request that may also be multipart, checked like any body. @throws Problem validation_failed */
export async function readCreateBody(request: Request): Promise<NewImportBody> {
  const body = (await pipe.transform(request.body, { type: 'body', metatype: CreateImportBody })) as CreateImportBody;
  const { uploadId, parts, ...rest } = body;
  // One of them is there: the class says so.
  return parts ? { ...rest, parts } : { ...rest, uploadId: uploadId ?? '' };
}
