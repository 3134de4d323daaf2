import { z } from 'zod';

/** Every id that leaves a service: the 32 hexadecimal digits of a UUIDv7, lower case, without dashes. */
export const id = z.string().regex(/^[0-9a-f]{32}$/, '32 hexadecimal digits');
export type Id = string;

/** Who did it: `user:<id>`, `key:<id>`, `operator:<id>` or `system`. */
export type Actor = string;
/** Why it was done: `request:<id>`, `import:<id>`, `restore:<id>` or `mass-change:<id>`; written into change logs and events. */
export type Cause = string;

/** Whether a text from outside can be an id at all; what cannot is answered like an unknown one. */
export function isId(text: unknown): text is Id {
  return id.safeParse(text).success;
}
