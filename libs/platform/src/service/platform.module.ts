import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE, DiscoveryModule, DiscoveryService, MetadataScanner } from '@nestjs/core';
import { TerminusModule } from '@nestjs/terminus';
import { LoggerModule } from 'nestjs-pino';
import { UnitOfWork } from '@muster/persistence';
import { AccessCheck } from '../auth/access-check.js';
import { AuthGuard } from '../auth/auth.guard.js';
import { Authenticator } from '../auth/authenticator.js';
import { CredentialExchange } from '../auth/credential-exchange.js';
import { OpenStreams } from '../auth/open-streams.js';
import { Revocations } from '../auth/revocations.js';
import { SigningKeys } from '../auth/signing-keys.js';
import { TokenVerifier } from '../auth/token-verifier.js';
import { CompanyDeletionConsumer } from '../company-deletion/company-deletion.consumer.js';
import { CompanyDeletion } from '../company-deletion/company-deletion.js';
import type { BaseConfig } from '../config/base-config.js';
import { CONFIG } from '../config/config.token.js';
import { ConnectedUnitOfWork } from '../database/connected-unit-of-work.js';
import { Database } from '../database/database.js';
import { deadLettersController } from '../dead-letters/dead-letters.controller.js';
import { HealthController } from '../health/health.controller.js';
import { Drain } from '../http/drain.js';
import { RequestValidationPipe } from '../http/request-validation.pipe.js';
import { IdempotencyPruner } from '../idempotency/idempotency-pruner.js';
import { Idempotency } from '../idempotency/idempotency.js';
import { loggerOptions } from '../logs/logger-options.js';
import { Metrics } from '../metrics/metrics.js';
import { ProblemFilter } from '../problems/problem.filter.js';
import type { QuestionTransport } from '../questions/question-transport.js';
import { QuestionsController } from '../questions/questions.controller.js';
import { Questions } from '../questions/questions.js';
import type { Runtime, ServiceDefinition } from './service-definition.js';
import { ServiceIdentity } from './service-identity.js';

interface Parts {
  readonly def: Pick<ServiceDefinition, 'name' | 'title' | 'database'>;
  readonly config: BaseConfig;
  readonly questions: QuestionTransport;
  readonly metrics: Metrics;
  readonly logs: Runtime['logs'];
}

@Global()
@Module({})
class PlatformModule {}

/** What every service stands on. Global, so that services inject its parts without importing it. */
export function platformModule(parts: Parts): DynamicModule {
  const { def, config, logs } = parts;
  const options = loggerOptions(config.logLevel);
  return {
    module: PlatformModule,
    imports: [
      // No middleware of its own: request lines and ids are ours.
      LoggerModule.forRoot({ pinoHttp: logs ? [options, logs] : options, forRoutes: [] }),
      TerminusModule.forRoot({ logger: false }),
      DiscoveryModule,
    ],
    controllers: [HealthController, QuestionsController, deadLettersController(def), CompanyDeletionConsumer],
    providers: [...shared(parts), ...internal()],
    exports: [CONFIG, ServiceIdentity, Metrics, Database, UnitOfWork, Questions, Idempotency, CompanyDeletion],
  };
}

function shared({ def, config, questions, metrics }: Parts): Provider[] {
  return [
    { provide: CONFIG, useValue: config },
    { provide: ServiceIdentity, useValue: new ServiceIdentity(def.name, def.title) },
    { provide: Metrics, useValue: metrics },
    { provide: Database, useFactory: () => new Database(def.database, config) },
    {
      provide: UnitOfWork,
      useFactory: (database: Database) => new ConnectedUnitOfWork(database, def.database),
      inject: [Database],
    },
    { provide: Questions, useFactory: () => new Questions(def.name, questions) },
    Idempotency,
    { provide: CompanyDeletion, useFactory: (uow: UnitOfWork) => new CompanyDeletion(uow), inject: [UnitOfWork] },
    Drain,
  ];
}

function internal(): Provider[] {
  return [
    SigningKeys,
    CredentialExchange,
    Revocations,
    TokenVerifier,
    Authenticator,
    OpenStreams,
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_PIPE, useClass: RequestValidationPipe },
    { provide: APP_FILTER, useClass: ProblemFilter },
    {
      provide: IdempotencyPruner,
      useFactory: (uow: UnitOfWork) => new IdempotencyPruner(uow),
      inject: [UnitOfWork],
    },
    {
      provide: AccessCheck,
      useFactory: (discovery: DiscoveryService, scanner: MetadataScanner) => new AccessCheck(discovery, scanner),
      inject: [DiscoveryService, MetadataScanner],
    },
  ];
}
