import type { ServiceName } from '@muster/contracts';

/** Which service this is, for the parts that all services share. */
export class ServiceIdentity {
  constructor(
    readonly name: ServiceName,
    readonly title: string,
  ) {}
}
