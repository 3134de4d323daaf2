import { Module, type DynamicModule } from '@nestjs/common';
import { MessagingModule } from '@muster/messaging';
import type { BaseConfig } from '../config/base-config.js';
import { logEvents } from '../logs/log-events.js';
import { messagingMetrics } from '../metrics/messaging-metrics.js';
import { Metrics } from '../metrics/metrics.js';
import { platformModule } from './platform.module.js';
import type { Runtime, ServiceDefinition } from './service-definition.js';

@Module({})
class RootModule {}

/** A service's own module among the parts that every service stands on. */
export function rootModule<C extends BaseConfig>(
  def: ServiceDefinition<C>,
  config: C,
  runtime: Runtime,
): DynamicModule {
  const metrics = new Metrics(def.name, runtime.registry);
  const messaging = MessagingModule.register({
    service: def.name,
    transport: logEvents(runtime.transport, def.name),
    metrics: messagingMetrics(metrics),
  });
  return {
    module: RootModule,
    imports: [
      platformModule({ def, config, questions: runtime.questions, metrics, logs: runtime.logs }),
      messaging,
      def.module(config),
    ],
  };
}
