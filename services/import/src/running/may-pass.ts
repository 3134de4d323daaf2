import { Problem, problemKind } from '@muster/contracts';
import { isInfrastructureError } from '@muster/messaging';

/** Something that a step stands on was away: the database, or a service that has to be asked. It is tried again. */
export function mayPass(error: unknown): boolean {
  return isInfrastructureError(error) || (error instanceof Problem && problemKind(error.code).status === 503);
}
