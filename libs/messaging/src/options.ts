import type { ServiceName } from '@muster/contracts';
import type { BackOff } from './back-off.js';
import type { MessagingMetrics } from './metrics.js';
import type { EventTransport } from './transport.js';

export interface RetryPolicy extends BackOff {
  /** An event that failed so often becomes a dead letter; preset 5. */
  readonly tries: number;
}

export interface MessagingOptions {
  readonly service: ServiceName;
  readonly transport: EventTransport;
  readonly metrics?: MessagingMetrics;
  /** Preset: 5 tries, 100 ms doubling. */
  readonly retry?: Partial<RetryPolicy>;
  /** Of the relay, when nothing wakes it; preset 500. */
  readonly pollMs?: number;
}

/** Injection token of the options, with their presets filled in. */
export const MESSAGING_OPTIONS = Symbol('messaging options');

export type ResolvedMessagingOptions = Required<Omit<MessagingOptions, 'retry'>> & { readonly retry: RetryPolicy };
