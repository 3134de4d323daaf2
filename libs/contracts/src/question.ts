import type { z } from 'zod';
import type { ServiceName } from './services.js';

/** A question that one service asks another, by internal HTTP or, in one process, by a call. */
export interface Question<Request = unknown, Answer = unknown> {
  /** Path segment of the internal route, `resolve-reps`. */
  readonly name: string;
  readonly answeredBy: ServiceName;
  readonly description: string;
  readonly request: z.ZodType<Request>;
  readonly answer: z.ZodType<Answer>;
}

export function defineQuestion<Request, Answer>(question: Question<Request, Answer>): Question<Request, Answer> {
  return question;
}
