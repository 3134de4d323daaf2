import { isInfrastructureError } from '@muster/messaging';

// Wrong password, no such role or database: whoever sets the database up may not be done yet.
const NOT_YET = /^(28000|28P01|3D000)$/;

/** Whether trying to connect again may help. */
export function mayPass(error: unknown): boolean {
  if (isInfrastructureError(error)) return true;
  const code = error instanceof Error ? (error as Error & { code?: unknown }).code : undefined;
  return typeof code === 'string' && NOT_YET.test(code);
}
