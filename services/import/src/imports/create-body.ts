import type { Request } from 'express';
import { RequestValidationPipe } from '@muster/platform';
import { CreateImportBody } from './import.dto.js';

const pipe = new RequestValidationPipe();

/** The JSON form of a request that may also be multipart, checked like any body. @throws Problem validation_failed */
export async function readCreateBody(request: Request): Promise<CreateImportBody> {
  return (await pipe.transform(request.body, { type: 'body', metatype: CreateImportBody })) as CreateImportBody;
}
