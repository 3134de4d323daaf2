import type { Caller } from '@muster/platform';

/** Nobody looks at it: a machine sends its key or password with each request; a person signs in. */
export function isUnattended({ sessionId }: Pick<Caller, 'sessionId'>): boolean {
  return sessionId === undefined;
}
