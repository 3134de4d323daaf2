import type { EventContract, EventEnvelope, ServiceName } from '@muster/contracts';
import { newId, type Scope } from '@muster/persistence';
import { InvalidEvent } from './serialization.js';

/** An event that happens now. @throws InvalidEvent when `data` does not fit the contract, or the service may not publish it */
export function newEvent<D>(source: ServiceName, contract: EventContract<D>, scope: Scope, data: D): EventEnvelope<D> {
  if (!contract.source.includes(source)) throw new InvalidEvent(`${source} is no source of ${contract.type}`);
  const result = contract.data.safeParse(data);
  if (!result.success) throw new InvalidEvent(`${contract.type} does not fit its contract`, { cause: result.error });
  return {
    id: newId(),
    type: contract.type,
    source,
    time: new Date().toISOString(),
    subject: contract.subject(result.data),
    companyId: scope.companyId,
    actor: scope.actor,
    cause: scope.cause,
    ...(scope.traceparent === undefined ? {} : { traceparent: scope.traceparent }),
    data: result.data,
  };
}
