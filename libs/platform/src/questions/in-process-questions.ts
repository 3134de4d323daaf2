import { Problem, type ServiceName } from '@muster/contracts';
import { logForService } from '../logs/log-context.js';
import type { Answerer, Asked, QuestionTransport } from './question-transport.js';

/** For services that share a process: a question is a call. One instance for all of them. */
export function createInProcessQuestions(): QuestionTransport {
  const answerers = new Map<ServiceName, Answerer>();
  return {
    connect(service: ServiceName, answer: Answerer): void {
      answerers.set(service, answer);
    },
    async ask(question: Asked, request: unknown): Promise<unknown> {
      const answer = answerers.get(question.answeredBy);
      if (!answer) throw new Problem('service_unavailable', { cause: new Error(`${question.answeredBy} is not here`) });
      // By JSON as over HTTP, so that nothing works here that would fail between processes, and nothing is shared.
      const work = () => answer(question.name, throughJson(request));
      return throughJson(await logForService(question.answeredBy, work));
    },
  };
}

function throughJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
