import { setTimeout as delay } from 'node:timers/promises';
import { Problem, type ServiceName } from '@muster/contracts';
import { requestContext } from '../http/request-context.js';
import { currentTraceparent } from '../logs/log-context.js';
import type { Asked, QuestionTransport } from './question-transport.js';
import { signServiceToken } from './service-token.js';
import { answerFromWire } from './wire.js';

export interface HttpQuestionsOptions {
  /** Who asks. */
  readonly from: ServiceName;
  readonly serviceUrls: Readonly<Record<ServiceName, string>>;
  readonly serviceTokenSecret: string;
  /** For one try; preset 10 s. */
  readonly timeoutMs?: number;
}

/** Waits before the second and the third try. */
const RETRY_AFTER_MS = [100, 400];

/**
 * Asks other services by `POST {url}/internal/questions/{name}`. When there is no connection it is tried twice more; what
 * takes too long is not asked again.
 */
export function createHttpQuestions(options: HttpQuestionsOptions): QuestionTransport {
  return {
    // What this service answers comes in by its own HTTP route.
    connect: () => undefined,
    async ask(question: Asked, request: unknown): Promise<unknown> {
      const response = await sendWithRetries(options, question, JSON.stringify(request));
      if (response.ok) return answerFromWire(await response.json().catch(unavailable));
      await response.body?.cancel();
      const cause = new Error(`${question.answeredBy} answered ${question.name} with ${response.status}`);
      // 5xx: it is there, but not well. Anything else is a fault between us, of no use to the client.
      throw response.status >= 500 ? new Problem('service_unavailable', { cause }) : cause;
    },
  };
}

async function sendWithRetries(options: HttpQuestionsOptions, question: Asked, body: string): Promise<Response> {
  for (const wait of RETRY_AFTER_MS) {
    try {
      return await send(options, question, body);
    } catch (error) {
      if (isTimeout(error)) return unavailable(error);
      await delay(wait);
    }
  }
  return send(options, question, body).catch(unavailable);
}

async function send(options: HttpQuestionsOptions, question: Asked, body: string): Promise<Response> {
  const requestId = requestContext()?.requestId;
  const traceparent = currentTraceparent();
  return fetch(`${options.serviceUrls[question.answeredBy]}/internal/questions/${question.name}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${await signServiceToken(options.serviceTokenSecret, options.from)}`,
      ...(requestId !== undefined && { 'x-request-id': requestId }),
      ...(traceparent !== undefined && { traceparent }),
    },
    body,
    redirect: 'error',
    signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
  });
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}

function unavailable(cause: unknown): never {
  throw new Problem('service_unavailable', { cause });
}
