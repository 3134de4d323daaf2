import { Problem, type Question, type ServiceName } from '@muster/contracts';
import type { QuestionTransport } from './question-transport.js';

type Handler = (request: unknown) => Promise<unknown>;

/** Asks other services, and answers what others ask this one. Register answers in `onModuleInit`. */
export class Questions {
  private readonly handlers = new Map<string, Handler>();

  constructor(
    private readonly service: ServiceName,
    private readonly transport: QuestionTransport,
  ) {
    transport.connect(service, (name, request) => this.answerByName(name, request));
  }

  /** Answers `question` with `handler`; its request has been checked. */
  answer<Request, Answer>(question: Question<Request, Answer>, handler: (request: Request) => Promise<Answer>): void {
    if (question.answeredBy !== this.service) throw new Error(`${question.name} is answered by ${question.answeredBy}`);
    if (this.handlers.has(question.name)) throw new Error(`${question.name} has an answer already`);
    this.handlers.set(question.name, async (request) =>
      question.answer.parse(await handler(question.request.parse(request))),
    );
  }

  /**
   * Asks `question`; the answer has been checked.
   * @throws Problem service_unavailable when the other service does not answer, or the Problem that it threw
   */
  async ask<Request, Answer>(question: Question<Request, Answer>, request: NoInfer<Request>): Promise<Answer> {
    const answer =
      question.answeredBy === this.service
        ? await this.answerByName(question.name, request)
        : await this.transport.ask(question, request);
    return question.answer.parse(answer);
  }

  /** For the transports. @throws Problem not_found when this service does not answer such a question */
  async answerByName(name: string, request: unknown): Promise<unknown> {
    const handler = this.handlers.get(name);
    if (!handler) throw new Problem('not_found');
    return handler(request);
  }
}
