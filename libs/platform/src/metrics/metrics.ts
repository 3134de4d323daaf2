import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { ServiceName } from '@muster/contracts';

type Labels = Readonly<Record<string, string | number>>;
type Reader = () => number | Promise<number>;

const DEFAULT_METRICS = 'process_cpu_user_seconds_total';
const readers = new WeakMap<Gauge, Map<ServiceName, Reader>>();

/**
 * The Prometheus metrics of a service. Services of one process may share a registry: every metric but those of the
 * process carries the label `service`, and asking for a metric twice gives the same one.
 */
export class Metrics {
  constructor(
    readonly service: ServiceName,
    readonly registry: Registry = new Registry(),
  ) {
    if (!registry.getSingleMetric(DEFAULT_METRICS)) collectDefaultMetrics({ register: registry });
  }

  /** @param name `muster_imports_started_total` */
  counter(name: string, help: string, labelNames: readonly string[] = []): { inc(labels?: Labels, by?: number): void } {
    const counter = this.one(
      name,
      Counter,
      () => new Counter({ name, help, labelNames: this.names(labelNames), registers: [this.registry] }),
    );
    return { inc: (labels = {}, by = 1) => counter.inc({ service: this.service, ...labels }, by) };
  }

  /** @param buckets upper bounds, in the unit that `name` ends with */
  histogram(
    name: string,
    help: string,
    labelNames: readonly string[],
    buckets: readonly number[],
  ): { observe(value: number, labels?: Labels): void } {
    const histogram = this.one(
      name,
      Histogram,
      () =>
        new Histogram({
          name,
          help,
          labelNames: this.names(labelNames),
          buckets: [...buckets],
          registers: [this.registry],
        }),
    );
    return { observe: (value, labels = {}) => histogram.observe({ service: this.service, ...labels }, value) };
  }

  /** A gauge that is read whenever somebody collects; it is left out while `read` fails. */
  gauge(name: string, help: string, read: Reader): void {
    const gauge = this.one(name, Gauge, () => {
      const created: Gauge = new Gauge({
        name,
        help,
        labelNames: ['service'],
        registers: [this.registry],
        collect: () => collect(created),
      });
      readers.set(created, new Map());
      return created;
    });
    readers.get(gauge)?.set(this.service, read);
  }

  private names(labelNames: readonly string[]): string[] {
    return ['service', ...labelNames];
  }

  private one<M extends Counter | Gauge | Histogram>(
    name: string,
    type: new (...args: never[]) => M,
    create: () => M,
  ): M {
    const known = this.registry.getSingleMetric(name);
    if (known === undefined) return create();
    if (known instanceof type) return known;
    throw new Error(`The metric ${name} is of another type already`);
  }
}

async function collect(gauge: Gauge): Promise<void> {
  for (const [service, read] of readers.get(gauge) ?? []) {
    try {
      gauge.set({ service }, await read());
    } catch {
      // An old value would look like a present one.
      gauge.remove({ service });
    }
  }
}
