import { setTimeout } from 'node:timers/promises';
import type { Language } from '../language.js';
import { mayPass, pauseBefore } from './retry.js';
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
  /** Made anew for each try. */
  readonly form?: () => FormData;
  /** `Idempotency-Key`. */
  readonly key?: string;
}

interface Answered {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** Talks to the API as long as it takes: whatever may pass is tried again. */
export class MusterApi {
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
      const reason = answer instanceof Error ? causeOf(answer) : `${answer.status}`;
      if (!(answer instanceof Error)) {
        if (answer.status < 300) return JSON.parse(answer.text) as T;
        const problem = problemIn(answer);
        if (!mayPass(answer.status, problem.code)) throw new Refusal(answer.status, problem);
      }
      const retryAfter = answer instanceof Error ? null : answer.retryAfter;
      const pause = pauseBefore(tries, retryAfter, new Date(), Math.random());
      if (Date.now() + pause > until) throw new Unreachable(`${new URL(path, this.options.url).origin}: ${reason}`);
      onRetry(reason, pause);
      await setTimeout(pause, undefined, { signal });
    }
  }

  /** @returns an Error when the network failed */
  private async attempt(method: string, path: string, { json, form, key }: ApiRequest): Promise<Answered | Error> {
    const { url, token, language, signal } = this.options;
    const headers = {
      authorization: `Bearer ${await token()}`,
      'accept-language': language,
      ...(json && { 'content-type': 'application/json' }),
      ...(key !== undefined && { 'idempotency-key': key }),
    };
    const body = json ? JSON.stringify(json) : form?.();
    try {
      // A token is for one server: nobody else is followed to.
      const response = await fetch(new URL(path, url), { method, headers, signal, redirect: 'error', body: body ?? null }); // prettier-ignore
      const { status } = response;
      return { status, retryAfter: response.headers.get('retry-after'), text: await response.text() };
    } catch (error) {
      signal.throwIfAborted();
      return error instanceof Error ? error : new Error(String(error));
    }
  }
}

function causeOf(error: Error): string {
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message;
}

/** What stands before the API answers in its own form. */
function problemIn({ status, text }: Answered): ApiProblem {
  try {
    const problem = JSON.parse(text) as Partial<ApiProblem> | null;
    if (typeof problem?.code === 'string' && typeof problem.title === 'string') return problem as ApiProblem;
  } catch {
    // Not JSON: told by its status.
  }
  return { code: `http_${status}`, title: `HTTP ${status}`, detail: text.slice(0, 200) };
}
