import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { messagingMetrics, transportMetrics } from './messaging-metrics.js';
import { Metrics } from './metrics.js';

it('counts what services of one process do under their own names', async () => {
  const registry = new Registry();
  for (const service of ['import', 'field-data'] as const) messagingMetrics(new Metrics(service, registry));
  const transport = transportMetrics(registry);
  transport.consumerCrashed('import', true);
  transport.consumerCrashed('import', true);
  transport.consumerCrashed('field-data', false);
  const text = await registry.metrics();
  expect(text).toContain('muster_consumer_crashes_total{service="import",restarts="true"} 2');
  expect(text).toContain('muster_consumer_crashes_total{service="field-data",restarts="false"} 1');
});
