import { Controller, Global, Injectable, Module, type INestApplication, type Type } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import type { DataSource, EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { recordsChanged, type EventOf, type Id } from '@muster/contracts';
import {
  createDataSource,
  fenceByCompany,
  migrate,
  newId,
  UnitOfWork,
  type Scope,
  type ServiceDatabase,
  type ServiceUrls,
} from '@muster/persistence';
import { DeadLetters, EventServer, MessagingModule, OnEvent, Outbox, type EventTransport } from '../index.js';
import { createMessagingTables, MESSAGING_ENTITIES } from '../tables/messaging-tables.js';

// A small service for the tests of this library: it notes each event that it handles in a table.

class Foundation1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const effect = `create table "effect" (seq bigint generated always as identity primary key, company_id uuid not null,
      rep_id uuid not null, consumer text not null, label text not null, traceparent text)`;
    const statements = [
      ...createMessagingTables('field-data'),
      effect,
      ...fenceByCompany('field-data', 'effect', 'select, insert'),
    ];
    for (const statement of statements) await runner.query(statement);
  }
  down(): Promise<void> {
    return Promise.reject(new Error('not needed'));
  }
}

const DATABASE: ServiceDatabase = {
  service: 'field-data',
  entities: MESSAGING_ENTITIES,
  migrations: [Foundation1764000000000],
};

/** What the handlers do besides noting the event; a test sets it. Called inside of their units of work. */
@Injectable()
export class Script {
  onEvent: (label: string, consumer: string) => Promise<void> = () => Promise.resolve();
}

@Injectable()
export class Effects {
  constructor(private readonly uow: UnitOfWork) {}

  async add(scope: Scope, consumer: string, { entity, repId }: EventOf<typeof recordsChanged>['data']): Promise<void> {
    await this.uow.run(scope, async (manager) => {
      await manager.query(
        `insert into "effect" (company_id, rep_id, consumer, label, traceparent) values ($1, $2, $3, $4, $5)`,
        [scope.companyId, repId, consumer, entity, this.uow.scope().traceparent],
      );
    });
  }
}

@Controller()
class FirstConsumer {
  constructor(
    private readonly effects: Effects,
    private readonly script: Script,
  ) {}

  @OnEvent(recordsChanged, { concerns: ({ entity }) => !entity.startsWith('nobody') })
  async onChanged(event: EventOf<typeof recordsChanged>): Promise<void> {
    await this.effects.add(event, 'first', event.data);
    await this.script.onEvent(event.data.entity, 'first');
  }
}

@Controller()
class TirelessConsumer {
  constructor(
    private readonly effects: Effects,
    private readonly script: Script,
  ) {}

  @OnEvent(recordsChanged, {
    inbox: false,
    deadLetter: false,
    concerns: ({ entity }) => entity.startsWith('order'),
  })
  async onChanged(event: EventOf<typeof recordsChanged>): Promise<void> {
    await this.script.onEvent(event.data.entity, 'tireless');
    await this.effects.add(event, 'tireless', event.data);
  }
}

export interface Effect {
  readonly label: string;
  readonly consumer: string;
  readonly rep_id: Id;
  readonly traceparent: string | null;
}

/** A running service with one company of its own. */
export interface Testbed {
  readonly companyId: Id;
  readonly scope: Scope;
  readonly uow: UnitOfWork;
  readonly outbox: Outbox;
  readonly deadLetters: DeadLetters;
  readonly script: Script;
  readonly dataSource: DataSource;
  /** Publishes in a unit of work of its own. */
  publish(label: string, repId?: Id, scope?: Scope): Promise<void>;
  /** What the handlers have committed, in order. */
  effects(consumer?: string): Promise<Effect[]>;
  labels(consumer?: string): Promise<string[]>;
  stop(): Promise<void>;
}

export const changed = (label: string, repId: Id = newId()) => ({
  entity: label,
  repId,
  created: [],
  updated: [],
  removed: [],
});

export async function startTestbed({ url, ownerUrl }: ServiceUrls, transport: EventTransport): Promise<Testbed> {
  await migrate(DATABASE, ownerUrl);
  const dataSource = await createDataSource(DATABASE, { url }).initialize();
  const uow = new UnitOfWork(dataSource, DATABASE);
  const app = await startApp(uow, transport);
  const companyId = newId();
  const ownScope: Scope = { companyId, actor: 'system', cause: `request:${newId()}` };
  const outbox = app.get(Outbox);
  const effects = (consumer = 'first') =>
    uow.run(ownScope, (manager: EntityManager) =>
      manager.query<Effect[]>(
        `select label, consumer, rep_id, traceparent from "effect" where consumer = $1 order by seq`,
        [consumer],
      ),
    );
  return {
    ...{ companyId, scope: ownScope, uow, outbox, dataSource, effects },
    deadLetters: app.get(DeadLetters),
    script: app.get(Script),
    publish: (label, repId, scope = ownScope) =>
      uow.run(scope, () => outbox.publish(recordsChanged, changed(label, repId))),
    labels: async (consumer) => (await effects(consumer)).map(({ label }) => label),
    stop: async () => {
      await app.close();
      await dataSource.destroy();
    },
  };
}

async function startApp(uow: UnitOfWork, transport: EventTransport): Promise<INestApplication> {
  @Global()
  @Module({ providers: [{ provide: UnitOfWork, useValue: uow }], exports: [UnitOfWork] })
  class Persistence {}
  const messaging = MessagingModule.register({
    service: 'field-data',
    transport,
    retry: { tries: 3, firstMs: 1, limitMs: 10 },
  });
  const controllers: Type[] = [FirstConsumer, TirelessConsumer];
  const testing = await Test.createTestingModule({
    imports: [Persistence, messaging],
    providers: [Script, Effects],
    controllers,
  }).compile();
  const app = testing.createNestApplication({ logger: ['fatal'] });
  app.connectMicroservice({ strategy: app.get(EventServer) });
  await app.startAllMicroservices();
  await app.init();
  return app;
}
