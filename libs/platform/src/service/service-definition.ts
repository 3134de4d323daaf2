import type { DynamicModule, Type } from '@nestjs/common';
import type { Registry } from 'prom-client';
import type { ServiceName } from '@muster/contracts';
import type { EventTransport } from '@muster/messaging';
import type { ServiceDatabase } from '@muster/persistence';
import type { BaseConfig } from '../config/base-config.js';
import type { QuestionTransport } from '../questions/question-transport.js';

/** What a service is, beside what every service stands on. */
export interface ServiceDefinition<C extends BaseConfig = BaseConfig> {
  readonly name: ServiceName;
  readonly title: string;
  readonly description: string;
  readonly database: ServiceDatabase;
  module(config: C): Type | DynamicModule;
}

/** What services of one process share; preset from the configuration: Kafka, HTTP, metrics of its own. */
export interface Runtime {
  readonly transport: EventTransport;
  readonly questions: QuestionTransport;
  readonly registry?: Registry;
  /** Where log lines go; preset: stdout. */
  readonly logs?: { write(line: string): void };
}
