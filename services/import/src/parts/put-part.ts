import type { Request } from 'express';
import { Problem } from '@muster/contracts';
import { RequestValidationPipe } from '@muster/platform';
import { MOST_PARTS } from './part-rules.js';
import { PutPartBody } from './parts.dto.js';

const pipe = new RequestValidationPipe();

/** The JSON form of a request that may also be multipart, checked like any body. @throws Problem validation_failed */
export async function readPutBody(request: Request): Promise<PutPartBody> {
  return (await pipe.transform(request.body, { type: 'body', metatype: PutPartBody })) as PutPartBody;
}

/** @param text of a path @throws Problem part_out_of_range */
export function partNumber(text: string): number {
  const part = /^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0;
  if (part === 0 || part > MOST_PARTS) {
    throw new Problem('part_out_of_range', { params: { part: text.slice(0, 20), count: MOST_PARTS } });
  }
  return part;
}
