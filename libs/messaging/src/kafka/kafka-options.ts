import type { TransportMetrics } from '../metrics.js';

export interface KafkaTransportOptions {
  /** `host:port`. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** Stands before the names of topics and groups, so that several installations can share a cluster. */
  readonly topicPrefix?: string;
  readonly metrics?: TransportMetrics;
  /** Called when a consumer cannot be brought back in place; preset: the process ends, to be started again from outside. */
  readonly onFatal?: (error: Error) => void;
  /** A consumer with something to read that has not fetched for so long is stuck; preset 120,000. */
  readonly stuckAfterMs?: number;
  /** What a consumer that died had to read goes to others of its group after so long; preset 45. */
  readonly sessionSeconds?: number;
}

export type ResolvedKafkaOptions = Required<KafkaTransportOptions>;
