import type { AccessRule } from '@muster/platform';

export const READ_RECORDS: AccessRule = { roles: ['administrator', 'supervisor', 'user'], scope: 'records:read' };
export const WRITE_RECORDS: AccessRule = { ...READ_RECORDS, scope: 'records:write' };

/** The header by which a change is refused that somebody else was faster with. */
export const IF_MATCH = {
  name: 'If-Match',
  required: false,
  description: 'ETag of the version that was read.',
  example: '"1"',
};
