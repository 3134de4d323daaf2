import type { INestApplication } from '@nestjs/common';
import { Logger } from '@nestjs/common';
import type { BaseConfig } from '../config/base-config.js';
import { logAs } from '../logs/log-context.js';
import { startMetricsServer } from '../metrics/metrics-server.js';
import { Metrics } from '../metrics/metrics.js';
import { createService } from './create-service.js';
import { runUntilSignal } from './run-until-signal.js';
import type { ServiceDefinition } from './service-definition.js';

/** Starts a service as a process of its own: requests, events, metrics; stops gracefully at SIGTERM or SIGINT. */
export async function startService<C extends BaseConfig>(
  def: ServiceDefinition<C>,
  config: C,
): Promise<INestApplication> {
  const app = await createService(def, config);
  const logger = new Logger('Service');
  await logAs({ service: def.name }, async () => {
    const metrics = await startMetricsServer(app.get(Metrics).registry, config.metricsPort, config.host);
    runUntilSignal(
      async () => {
        await app.close();
        await metrics.stop();
      },
      (line) => logger.log(line),
    );
    await app.startAllMicroservices();
    await app.listen(config.port, config.host);
    logger.log(`${def.name} listens on ${config.host}:${config.port}, metrics on port ${metrics.port}`);
  });
  return app;
}
