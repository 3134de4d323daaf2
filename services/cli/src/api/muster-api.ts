import { setTimeout } from 'node:timers/promises';
import type { Language } from '../language.js';
import { OwnProblem } from '../own-problem.js';
import { mayPass, mayPassBetween, pauseBefore } from './retry.js';
import { Refusal, Unreachable, type ApiProblem } from './refusal.js';

export interface MusterApiOptions {
  /** Where the API is, such as `https://muster.example`. */
  readonly url: string;
  /** Asked for with each request, so that one that is renewed meanwhile is taken. */
  readonly token: () => Promise<string>;
  readonly language: Language;
  readonly signal: AbortSignal;
  /** How long one request is tried. */
  readonly patienceMs: number;
  readonly onRetry: (reason: string, pauseMs: number) => void;
}

export interface ApiRequest {
  readonly json?: object;
  /** A body that says its type itself. */
  readonly body?: Blob;
  /** `Idempotency-Key`. */
  readonly key?: string;
}

interface Answered {
  readonly status: number;
  readonly retryAfter: string | null;
  /** Where it sends whoever asks. */
  readonly location: string | null;
  readonly text: string;
}

/** Talks to the API as long as it takes: whatever may pass is tried again. */
export class MusterApi {
  /** Before that, who answers otherwise than Muster would is taken for somebody else. */
  private hasAnswered = false;

  constructor(private readonly options: MusterApiOptions) {}

  get<T>(path: string): Promise<T> {
    return this.ask<T>('GET', path);
  }

  /** @throws Refusal, Unreachable, and what the signal aborts with */
  async ask<T>(method: string, path: string, request: ApiRequest = {}): Promise<T> {
    const { signal, patienceMs, onRetry } = this.options;
    const until = Date.now() + patienceMs;
    for (let tries = 1; ; tries++) {
      const answer = await this.attempt(method, path, request);
      const body = answer instanceof Error ? undefined : jsonIn(answer.text);
      if (!(answer instanceof Error)) {
        if (answer.status < 300 && body !== undefined) {
          this.hasAnswered = true;
          return body as T;
        }
        this.requirePassing(answer, body);
      }
      const [reason, retryAfter] = answer instanceof Error ? [causeOf(answer), null] : [`${answer.status}`, answer.retryAfter]; // prettier-ignore
      const pause = pauseBefore(tries, retryAfter, new Date(), Math.random());
      if (Date.now() + pause > until) {
        // It did answer: that something else is going on.
        if (!(answer instanceof Error) && answer.status === 409 && isProblem(body)) throw new Refusal(409, body);
        throw new Unreachable(`${new URL(path, this.options.url).origin}: ${reason}`);
      }
      onRetry(reason, pause);
      await setTimeout(pause, undefined, { signal });
    }
  }

  /** @throws Refusal when the same request would be answered alike once more */
  private requirePassing(answer: Answered, body: unknown): void {
    if (isProblem(body)) {
      this.hasAnswered = true;
      if (!mayPass(answer.status, body.code)) throw new Refusal(answer.status, body);
    } else if (!mayPassBetween(answer.status, this.hasAnswered)) {
      throw new Refusal(answer.status, problemOf(answer));
    }
  }

  /** @returns an Error when the network failed */
  private async attempt(method: string, path: string, { json, body, key }: ApiRequest): Promise<Answered | Error> {
    const { url, token, language, signal } = this.options;
    const headers = {
      authorization: `Bearer ${await token()}`,
      'accept-language': language,
      ...(json && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const sent = json ? JSON.stringify(json) : (body ?? null);
    try {
      // A token is for one server: nobody else is followed to.
      const response = await fetch(new URL(path, url), { method, headers, signal, redirect: 'manual', body: sent });
      const { status } = response;
      const [retryAfter, location] = [response.headers.get('retry-after'), response.headers.get('location')];
      return { status, retryAfter, location, text: await response.text() };
    } catch (error) {
      signal.throwIfAborted();
      if (isFileChanged(error)) throw new OwnProblem('file_changed');
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

function causeOf(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

/** A file that is sent as it is was written to since it was opened. */
function isFileChanged(error: unknown): boolean {
  return error instanceof Error && error.cause instanceof Error && error.cause.name === 'NotReadableError';
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(body: unknown): body is ApiProblem {
  const { code, title } = (body ?? {}) as Partial<ApiProblem>;
  return typeof code === 'string' && typeof title === 'string';
}

/** Of what is not Muster: told by its status. */
function problemOf({ status, location, text }: Answered): ApiProblem {
  return { code: `http_${status}`, title: `HTTP ${status}`, detail: location ?? text.slice(0, 200) };
}
