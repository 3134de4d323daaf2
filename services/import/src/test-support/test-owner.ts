import { restorePointReady } from '@muster/contracts';
import { newId } from '@muster/persistence';
import type { ImportService } from './import-service.js';
import { playOwners, type Owners } from './owners.js';

/** What an owner says to a row; `values` by field. */
export type Decide = (
  values: Parameters<Owners['decide']>[2],
  order: Parameters<Owners['decide']>[1],
) => ReturnType<Owners['decide']>;

/**
 * Answers the chunks of the service as their owner would, and gives it its restore points, from now on.
 * @returns ends that
 */
export async function ownChunks({ service, companyId }: ImportService, decide: Decide): Promise<() => Promise<void>> {
  // The service begins to read with the first event that it is handed.
  const scope = { companyId, actor: 'system', cause: 'request:test' };
  await service.publish(restorePointReady, scope, { importId: null, restorePointId: newId() });
  const owners = playOwners(service);
  owners.decide = (_row, order, values) => decide(values, order);
  return () => owners.stop();
}
