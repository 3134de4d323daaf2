import type { ImportConfiguration } from '@muster/import-model';

/** A configuration as the database gives it back, to be compared with one that it gave. */
export function asStored(configuration: ImportConfiguration): unknown {
  return JSON.parse(JSON.stringify(configuration));
}
