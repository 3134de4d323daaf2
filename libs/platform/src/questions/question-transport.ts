import type { Question, ServiceName } from '@muster/contracts';

/** A question as far as its way is concerned. */
export type Asked = Pick<Question, 'name' | 'answeredBy'>;

/** Answers a question of another service by name; takes and gives plain JSON values. */
export type Answerer = (name: string, request: unknown) => Promise<unknown>;

/** Carries questions to other services: by HTTP, or by a call where they share the process. */
export interface QuestionTransport {
  /** A service of this process is ready to answer. */
  connect(service: ServiceName, answer: Answerer): void;
  /** The answer, not yet checked against the contract. Rejects with the Problem that the other service threw. */
  ask(question: Asked, request: unknown): Promise<unknown>;
}
