import { createHash } from 'node:crypto';
import type { FormFields } from './form-fields.js';
import type { Upload } from './upload.entity.js';

/**
 * Tells forms apart for `Idempotency`: SHA-256 over name and content of the file and every other part, in whatever order they
 * came.
 * @param said by the URL, where that says more than where to go
 */
export function formFingerprint(
  { fileName, sha256 }: Pick<Upload, 'fileName' | 'sha256'>,
  fields: FormFields,
  said?: object,
): string {
  const sorted = [...fields].sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([fileName, sha256, sorted, ...(said ? [said] : [])]))
    .digest('hex');
}
