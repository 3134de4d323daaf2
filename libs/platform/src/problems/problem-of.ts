import { HttpException } from '@nestjs/common';
import { Problem } from '@muster/contracts';
import { isInfrastructureError } from '@muster/messaging';

/** The entry of the catalogue that an error is answered as; what nobody expected is `internal_error`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const status = statusOf(error);
  if (status !== undefined && status < 500) return problemOfStatus(status, error);
  if (status === 503 || isInfrastructureError(error)) return new Problem('service_unavailable', { cause: error });
  return new Problem('internal_error', { cause: error });
}

/** The status that Nest, or what reads bodies and addresses below it (`http-errors`), means. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  if (!(error instanceof Error)) return undefined;
  const { status, expose } = error as Error & { status?: unknown; expose?: unknown };
  return typeof status === 'number' && expose === true ? status : undefined;
}

function problemOfStatus(status: number, cause: unknown): Problem {
  const reason = cause instanceof Error ? cause.message : String(cause);
  switch (status) {
    case 401:
      return new Problem('unauthenticated', { cause });
    case 403:
      return new Problem('forbidden', { params: { needed: '-' }, cause });
    case 404:
      return new Problem('not_found', { cause });
    case 405:
      return new Problem('method_not_allowed', { cause });
    case 413:
      return new Problem('request_too_large', { cause });
    case 415:
      return new Problem('unsupported_media_type', { params: { expected: 'application/json' }, cause });
    default:
      return new Problem('malformed_request', { params: { reason }, cause });
  }
}
