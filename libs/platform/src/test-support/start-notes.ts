import type { INestApplication } from '@nestjs/common';
import type { EventTransport } from '@muster/messaging';
import type { ServiceUrls } from '@muster/persistence';
import { createInProcessQuestions, createService, type BaseConfig, type QuestionTransport } from '../index.js';
import { answerAsUserAdmin, type Identities } from './identities.js';
import { Gate, notesService } from './notes-service.js';

export const TEST_SECRET = 'a-secret-for-tests-of-32-characters-or-more';

/** Carries nothing: the platform's tests publish no events. */
export const NO_EVENTS: EventTransport = {
  publish: async () => undefined,
  consume: async () => ({ stop: async () => undefined }),
  start: async () => undefined,
  stop: async () => undefined,
};

export function testConfig({ url, ownerUrl }: ServiceUrls): BaseConfig {
  return {
    databaseUrl: url,
    databaseOwnerUrl: ownerUrl,
    databasePoolSize: 5,
    host: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    logLevel: 'silent',
    serviceTokenSecret: TEST_SECRET,
    issuer: 'muster',
    events: { kind: 'kafka', brokers: [], topicPrefix: '' },
    serviceUrls: { 'user-admin': '', 'field-data': '', 'restore-point': '', import: '', notification: '' },
  };
}

export interface RunningNotes {
  readonly app: INestApplication;
  readonly url: string;
  readonly identities: Identities;
  readonly questions: QuestionTransport;
  readonly gate: Gate;
}

/** The notes service, listening on a free port. */
export async function startNotes(urls: ServiceUrls): Promise<RunningNotes> {
  const questions = createInProcessQuestions();
  const identities = await answerAsUserAdmin(questions);
  const gate = new Gate();
  const app = await createService(notesService(gate), testConfig(urls), { transport: NO_EVENTS, questions });
  await app.listen(0, '127.0.0.1');
  return { app, url: await app.getUrl(), identities, questions, gate };
}
