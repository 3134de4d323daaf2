import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Problem, problemKind, type Language, type ProblemKind } from '@muster/contracts';
import { preferredLanguage } from '../http/language.js';
import { requestContext } from '../http/request-context.js';
import { methodsOf } from './methods-of.js';
import { problemOf } from './problem-of.js';
import { renderProblem, type RenderedProblem } from './render-problem.js';

/** Seconds after which the same request may succeed. */
const RETRY_AFTER: Partial<Record<Problem['code'], number>> = { service_unavailable: 5, idempotency_key_in_use: 1 };

/** Answers every error in the client's language, as RFC 9457 says. The only place that knows both errors and HTTP. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  protected readonly mediaType: string = 'application/problem+json';
  protected readonly challenges: readonly string[] = ['Bearer'];
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const problem = withMethods(problemOf(error), request, response);
    this.log(problem, problemKind(problem.code));
    if (response.headersSent) {
      // The answer had begun: cut it off, so that the client does not take it for whole.
      response.destroy();
      return;
    }
    this.answer(problem, request, response);
  }

  protected languageOf(request: Request): Language {
    return requestContext()?.language ?? preferredLanguage(request.headers['accept-language']);
  }

  protected write(body: RenderedProblem): string {
    return JSON.stringify(body);
  }

  private answer(problem: Problem, request: Request, response: Response): void {
    const language = this.languageOf(request);
    const body = renderProblem(problem, language, requestContext()?.requestId ?? '');
    const retryAfter =
      RETRY_AFTER[problem.code] ?? (problem.code === 'too_many_attempts' ? problem.params['seconds'] : undefined);
    if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
    if (body.status === 401) response.setHeader('WWW-Authenticate', [...this.challenges]);
    response.removeHeader('ETag');
    response.status(body.status);
    response.setHeader('Content-Language', language);
    response.vary('Accept-Language');
    response.setHeader('Content-Type', this.mediaType);
    response.end(this.write(body));
  }

  private log(problem: Problem, kind: ProblemKind): void {
    const level = kind.logLevel ?? (kind.status >= 500 ? 'error' : 'debug');
    const line = { msg: `Problem ${problem.code}`, code: problem.code, err: problem.cause ?? problem };
    if (level === 'error') this.logger.error(line);
    else if (level === 'warn') this.logger.warn(line);
    else if (level === 'info') this.logger.log(line);
    else this.logger.debug({ ...line, err: undefined });
  }
}

/** An address that is there, but not for this method, is answered as such. */
function withMethods(problem: Problem, request: Request, response: Response): Problem {
  if (problem.code !== 'not_found' || request.route !== undefined) return problem;
  const methods = methodsOf(request.app, request.path);
  if (methods.length === 0) return problem;
  response.setHeader('Allow', methods.join(', '));
  return new Problem('method_not_allowed', { cause: problem.cause });
}
