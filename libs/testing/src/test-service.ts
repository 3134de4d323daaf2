import type { INestApplication } from '@nestjs/common';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import {
  revocationsSince,
  SERVICES,
  signingKeys,
  TOPICS,
  type EventContract,
  type EventEnvelope,
  type Id,
  type Question,
} from '@muster/contracts';
import {
  createEmbeddedTransport,
  parseEvent,
  serializeEvent,
  type EventTransport,
  type IncomingEvent,
} from '@muster/messaging';
import {
  createInProcessQuestions,
  createService,
  type BaseConfig,
  type QuestionTransport,
  type Role,
  type Runtime,
  type ServiceDefinition,
} from '@muster/platform';
import { newId, type Scope } from '@muster/persistence';
import { createTestDatabase, type TestDatabase } from './test-database.js';

const KID = 'test';
const ISSUER = 'muster';

/** A person of a company, as an access token says it. */
export interface TestPerson {
  readonly companyId: Id;
  readonly userId: Id;
  readonly role: Exclude<Role, 'operator'>;
  /** Preset: none. */
  readonly scopes?: readonly string[];
  /** Preset: none, as of a password that comes with each request. */
  readonly sessionId?: Id;
}

/** One service on a database of its own. What it says to others is taken down, what it asks them the test answers. */
export interface TestService {
  readonly app: INestApplication;
  readonly database: TestDatabase;
  /** Where it listens. */
  readonly url: string;
  readonly transport: EventTransport;
  /** Hands the service an event of another; with the first one it begins to read. */
  publish<D>(contract: EventContract<D>, scope: Scope, data: D): Promise<void>;
  /** Every event of the contract that was published so far. */
  events<D>(contract: EventContract<D>): EventEnvelope<D>[];
  /** Answers a question that the service asks another. */
  answer<Request, Answer>(
    question: Question<Request, Answer>,
    handler: (request: Request) => Answer | Promise<Answer>,
  ): void;
  /** The value of an Authorization header. */
  authorization(person: TestPerson): Promise<string>;
  stop(): Promise<void>;
}

export interface TestServiceOptions {
  /** Differs from what tests are configured with. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Gets every log line; without it nothing is logged. */
  readonly logs?: Runtime['logs'];
}

/** Migrates, builds and starts a service with the embedded event log. */
export async function startTestService(
  def: ServiceDefinition,
  { config, logs }: TestServiceOptions = {},
): Promise<TestService> {
  const database = await createTestDatabase();
  const transport = createEmbeddedTransport({ url: database.eventLogUrl });
  const questions = createInProcessQuestions();
  const { answer, authorization } = await actAsTheOthers(questions);
  const app = await createService(
    def,
    { ...testConfig(def, database), ...(logs && { logLevel: 'trace' }), ...config },
    { transport, questions, ...(logs && { logs }) },
  );
  await app.listen(0, '127.0.0.1');
  let reading: Promise<unknown> | undefined;
  const published: IncomingEvent[] = [];
  // In the name of another service: what one reader of a group has taken down, no other of it is handed.
  const listener = def.name === 'import' ? 'notification' : 'import';
  const recording = await transport.consume(listener, Object.values(TOPICS), async (event) => {
    published.push(event);
  });
  return {
    app,
    database,
    url: await app.getUrl(),
    transport,
    publish: async (contract, scope, data) => {
      await (reading ??= app.startAllMicroservices());
      await transport.publish(contract.topic, [serializeEvent(contract, eventOf(contract, scope, data))]);
    },
    events: (contract) =>
      published.filter(({ headers }) => headers['ce_type'] === contract.type).map((one) => parseEvent(contract, one)),
    answer,
    authorization,
    stop: async () => {
      await recording.stop();
      await app.close();
      await database.drop();
    },
  };
}

function eventOf<D>(contract: EventContract<D>, scope: Scope, data: D): EventEnvelope<D> {
  const [source] = contract.source;
  if (!source) throw new Error(`Nobody publishes ${contract.type}`);
  const { companyId, actor, cause } = scope;
  const time = new Date().toISOString();
  return {
    id: newId(),
    type: contract.type,
    source,
    time,
    subject: contract.subject(data),
    companyId,
    actor,
    cause,
    data,
  };
}

function testConfig({ name }: ServiceDefinition, { urls }: TestDatabase): BaseConfig {
  const nowhere = 'http://127.0.0.1:9';
  return {
    databaseUrl: urls[name].url,
    databaseOwnerUrl: urls[name].ownerUrl,
    databasePoolSize: 10,
    host: '127.0.0.1',
    port: 0,
    metricsPort: 0,
    logLevel: 'silent',
    serviceTokenSecret: 'a secret of tests, nothing more than that',
    issuer: ISSUER,
    events: { kind: 'kafka', brokers: ['127.0.0.1:9'], topicPrefix: '' },
    serviceUrls: {
      'user-admin': nowhere,
      'field-data': nowhere,
      'restore-point': nowhere,
      import: nowhere,
      notification: nowhere,
    },
  };
}

/** The service itself answers what is asked of it: it connects later. */
async function actAsTheOthers(questions: QuestionTransport): Promise<Pick<TestService, 'answer' | 'authorization'>> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: KID, alg: 'ES256', use: 'sig' };
  const handlers = new Map<string, (request: unknown) => unknown>([
    [signingKeys.name, () => ({ keys: [jwk] })],
    [revocationsSince.name, () => ({ cursor: '', revocations: [] })],
  ]);
  for (const service of SERVICES) {
    questions.connect(service, async (name, request) => {
      const handler = handlers.get(name);
      if (!handler) throw new Error(`The test does not answer ${name}`);
      return handler(request);
    });
  }
  return {
    answer: (question, handler) => {
      handlers.set(question.name, (request) => handler(question.request.parse(request)));
    },
    authorization: async ({ companyId, userId, role, scopes = [], sessionId: sid }) => {
      const claims = { typ: 'user', company: companyId, role, scopes: [...scopes], ...(sid !== undefined && { sid }) };
      const token = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'ES256', kid: KID })
        .setSubject(userId)
        .setIssuer(ISSUER)
        .setAudience('muster')
        .setExpirationTime('15m')
        .sign(privateKey);
      return `Bearer ${token}`;
    },
  };
}
