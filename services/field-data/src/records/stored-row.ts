import type { Id } from '@muster/contracts';
import type { StoredRecord } from '@muster/import-model';

/** A record as statements answer it: the fields that were asked for by their ids, and its version. */
export type StoredRow = StoredRecord & {
  readonly version: number;
  readonly binned: boolean;
  /** Whose it is, of a record that was looked for at other reps. */
  readonly ofRep?: Id;
};
