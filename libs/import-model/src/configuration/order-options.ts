import type { ChunkOptions } from '@muster/contracts';
import type { ImportOptions } from './configuration.js';

/** What a configuration allows the owner of its records to do, or asks of it, as work orders say it. */
export function orderOptions({
  transferMode,
  updateLastCalls,
  allowScheduleRemoval,
  unknownGroups,
  notify,
}: ImportOptions): ChunkOptions {
  return {
    ...(transferMode !== undefined && transferMode !== 'none' && { transferMode }),
    ...(updateLastCalls === true && { updateLastCalls }),
    ...(allowScheduleRemoval === true && { allowScheduleRemoval }),
    ...(unknownGroups === 'create' && { unknownGroups }),
    ...(notify === true && { notify }),
  };
}
