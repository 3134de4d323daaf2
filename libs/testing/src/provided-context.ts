import type { ServiceUrls } from '@muster/persistence';
import type { ServiceName } from '@muster/contracts';

// What the global set-up hands to the tests. A file of its own, because the build reaches it and not the set-up.

declare module 'vitest' {
  export interface ProvidedContext {
    /** Superuser, database `postgres`. */
    adminUrl: string;
    /** A database with the schemas and roles of all services, to copy from; its URLs. */
    template: { name: string; urls: Record<ServiceName, ServiceUrls>; eventLogUrl: string };
    /** Answers with the brokers of one Kafka for the whole run, which the first request starts. */
    kafkaOnDemandUrl: string;
  }
}
